package org.aula.kernel.operation;

import java.time.Duration;

/// Work that a service does again and again for itself. Every bean of this type is run: by one replica at a
/// time, in the service's own scope, and once more after its delay whether it failed or not. A run that a
/// crash ended is repeated, so each must be safe to repeat.
public interface RecurringJob {

    /// Name, unique in the service, such as `email-sweep`.
    String name();

    /// Delay from the end of one run to the next. Shorter than a second counts as a second.
    Duration every();

    /// One run.
    void run() throws Exception;
}
