package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Wakes the postman for emails whose time has come: those that were put off, and those whose worker died.
@Singleton
final class SendEmailsJob implements RecurringJob {

    private final EmailWorker postman;

    SendEmailsJob(EmailWorker postman) {
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
