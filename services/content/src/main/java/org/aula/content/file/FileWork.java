package org.aula.content.file;

/// The work on a file: what it is for each kind, and that it ends.
public final class FileWork {

    /// What may come out of a learning package, in bytes.
    public static final long MAX_UNPACKED_BYTES = 1L << 30;

    private FileWork() {}

    /// Whether there is any work on such a file.
    public static boolean isWorthIt(FileType type) {
        return switch (type.kind()) {
            case IMAGE -> Pictures.TYPES.contains(type.found());
            case VIDEO, AUDIO -> MediaDuration.knows(type.effective());
            case DOCUMENT -> isPdf(type) || FileType.isOffice(type.found()) || isText(type);
            case SCORM -> true;
            case ARCHIVE, OTHER -> false;
        };
    }

    /// Does it.
    ///
    /// @param target where files of a learning package go
    /// @throws UnworkableFileException when the file cannot be worked on
    public static FileMetadata run(FileType type, FileBytes bytes, PackageTarget target, WorkBudget budget) {
        if (!isWorthIt(type)) {
            return FileMetadata.NONE;
        }
        return switch (type.kind()) {
            case IMAGE -> Pictures.read(bytes, budget);
            case VIDEO, AUDIO -> MediaDuration.read(bytes, type.effective(), budget);
            case DOCUMENT -> {
                if (isPdf(type)) {
                    yield PdfText.read(bytes, budget);
                }
                yield isText(type) ? PlainText.read(bytes, budget) : OfficeText.read(bytes, budget);
            }
            case SCORM -> LearningPackage.unpack(bytes, MAX_UNPACKED_BYTES, target, budget);
            case ARCHIVE, OTHER -> FileMetadata.NONE;
        };
    }

    private static boolean isPdf(FileType type) {
        return type.found().equals("application/pdf");
    }

    /// Plain text and its kin; the text of pages lies between their marks and is left alone.
    private static boolean isText(FileType type) {
        return type.found().startsWith("text/")
                && type.effective().startsWith("text/")
                && !type.found().equals("text/html")
                && !type.effective().equals("text/html");
    }
}
