package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Wakes the postman for letters whose time has come: those that were put off, and those whose worker died.
@Singleton
final class SendLettersJob implements RecurringJob {

    private final Postman postman;

    SendLettersJob(Postman postman) {
        this.postman = postman;
    }

    @Override
    public String name() {
        return "send-letters";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        postman.wake();
    }
}
