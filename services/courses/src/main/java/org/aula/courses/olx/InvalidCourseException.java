package org.aula.courses.olx;

/// The archive is intact but holds no course that can be read.
public final class InvalidCourseException extends ArchiveRefusedException {
    private static final long serialVersionUID = 1L;

    /// @param detail what is wrong, for people
    public InvalidCourseException(RefusalReason reason, String entry, String detail) {
        super(
                reason,
                EntryNames.printable(entry),
                reason + " at \"" + EntryNames.printable(entry) + "\": " + EntryNames.printable(detail));
    }

    InvalidCourseException(RefusalReason reason, String entry) {
        super(reason, EntryNames.printable(entry), reason + " at \"" + EntryNames.printable(entry) + "\"");
    }
}
