package org.aula.migrate;

/// A reason to stop that its reader can act on: the message stands alone, without a stack trace.
final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
