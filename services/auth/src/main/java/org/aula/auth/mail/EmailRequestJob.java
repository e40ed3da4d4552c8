package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Works on requests whose process died before it could.
@Singleton
final class EmailRequestJob implements RecurringJob {

    private final EmailRequests requests;

    EmailRequestJob(EmailRequests requests) {
        this.requests = requests;
    }

    @Override
    public String name() {
        return "email-requests";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void run() {
        requests.workOnOldest();
    }
}
