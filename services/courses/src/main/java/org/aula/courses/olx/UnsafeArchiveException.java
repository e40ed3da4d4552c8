package org.aula.courses.olx;

/// The archive could harm whoever unpacks or parses it, or is no intact `.tar.gz` at all.
public final class UnsafeArchiveException extends ArchiveRefusedException {
    private static final long serialVersionUID = 1L;

    UnsafeArchiveException(RefusalReason reason, String entry) {
        super(reason, EntryNames.printable(entry), reason + " at \"" + EntryNames.printable(entry) + "\"");
    }
}
