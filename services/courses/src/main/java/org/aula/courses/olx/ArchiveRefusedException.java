package org.aula.courses.olx;

/// An archive that is refused as a whole, with a stable reason and the entry that gave it.
public abstract sealed class ArchiveRefusedException extends RuntimeException
        permits UnsafeArchiveException, InvalidCourseException {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String entry;

    ArchiveRefusedException(RefusalReason reason, String entry, String message) {
        super(message);
        this.reason = reason;
        this.entry = entry;
    }

    /// Why; never changes its name.
    public RefusalReason reason() {
        return reason;
    }

    /// Name of the entry in the archive as far as it is known, with control characters replaced; may be
    /// empty.
    public String entry() {
        return entry;
    }
}
