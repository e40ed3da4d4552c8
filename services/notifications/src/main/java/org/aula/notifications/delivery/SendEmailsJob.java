package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Wakes the email worker for emails whose time has come: those that were put off, and those whose worker
/// died.
@Singleton
final class SendEmailsJob implements RecurringJob {

    private final EmailWorker emailWorker;

    SendEmailsJob(EmailWorker emailWorker) {
        this.emailWorker = emailWorker;
    }

    @Override
    public String name() {
        return "send-emails";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        emailWorker.wake();
    }
}
