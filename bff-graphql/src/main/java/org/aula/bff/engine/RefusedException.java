package org.aula.bff.engine;

/// A refusal that needs no service to be asked.
public final class RefusedException extends RuntimeException {

    private final String code;
    private final String reason;

    private RefusedException(String code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /// INVALID_ARGUMENT.
    public static RefusedException invalid(String reason, String message) {
        return new RefusedException("INVALID_ARGUMENT", reason, message);
    }

    /// UNAUTHENTICATED.
    public static RefusedException unauthenticated(String reason, String message) {
        return new RefusedException("UNAUTHENTICATED", reason, message);
    }

    /// UNAVAILABLE.
    public static RefusedException unavailable(String reason, String message) {
        return new RefusedException("UNAVAILABLE", reason, message);
    }

    /// The canonical code's name.
    String code() {
        return code;
    }

    /// The reason.
    String reason() {
        return reason;
    }
}
