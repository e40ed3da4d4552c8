package org.aula.kernel.error;

import com.google.rpc.Status;
import java.util.Objects;

/// A refusal that the caller is told: a canonical code, one reason, and what fits beside it. Made by
/// [Errors] only.
public final class ServiceException extends RuntimeException {

    private final transient Status status;

    ServiceException(Status status) {
        super(status.getMessage());
        this.status = status;
    }

    /// The status as it goes over the wire.
    public Status status() {
        return status;
    }

    /// The reason, without prefix.
    public String reason() {
        return Objects.requireNonNull(Reasons.of(status));
    }

    /// Refusals are ordinary answers; their stack tells nothing.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
