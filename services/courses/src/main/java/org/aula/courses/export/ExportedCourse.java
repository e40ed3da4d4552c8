package org.aula.courses.export;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.aula.courses.duplicate.CourseSnapshot;
import org.aula.courses.olx.ArchiveFile;
import org.aula.courses.olx.InvalidCourseException;
import org.aula.courses.olx.OlxArchive;
import org.aula.courses.olx.RefusalReason;

/// An archive of an export that was unpacked, checked from end to end before anything is made of it.
///
/// @param media files that go with it
/// @param written lessons for which there is content, in the course's order
/// @param quizzes names of the files that hold them, each the contract's NewQuiz
public record ExportedCourse(
        CourseSnapshot course,
        List<ArchivedMedia> media,
        List<UUID> written,
        List<String> quizzes,
        OlxArchive archive) {

    private static final String QUIZZES = "quizzes/";
    private static final int MAX_QUIZZES = 500;

    static final String OUTLINE = "course.json";

    /// Where what a lesson teaches is written.
    static String content(UUID lessonId) {
        return "content/" + lessonId + ".json";
    }

    /// Where a quiz is written.
    static String quiz(UUID quizId) {
        return QUIZZES + quizId + ".json";
    }

    /// Whether an archive looks like one of these.
    public static boolean isOne(OlxArchive archive) {
        return archive.file(Manifest.NAME).isPresent() && archive.file(OUTLINE).isPresent();
    }

    /// @param cancelled asked now and then
    /// @throws InvalidCourseException when a file is missing, is not what the manifest says, is not of
    ///     its form or contradicts the others
    static ExportedCourse read(OlxArchive archive, ArchiveMapper protos, BooleanSupplier cancelled) {
        var manifest = protos.manifest(require(archive, Manifest.NAME));
        requireAsListed(archive, manifest);
        var course = protos.course(require(archive, OUTLINE));
        var written = course.lessons().stream()
                .map(lesson -> lesson.id())
                .filter(id -> archive.file(content(id)).isPresent())
                .toList();
        for (var lessonId : written) {
            protos.content(require(archive, content(lessonId)));
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("reading cancelled");
            }
        }
        return new ExportedCourse(course, manifest.media(), written, quizzes(archive, protos, course), archive);
    }

    private static List<String> quizzes(OlxArchive archive, ArchiveMapper protos, CourseSnapshot course) {
        var quizzes = archive.files().stream()
                .filter(file -> file.name().startsWith(QUIZZES))
                .toList();
        if (quizzes.size() > MAX_QUIZZES) {
            throw new InvalidCourseException(
                    RefusalReason.OUTLINE_INVALID, QUIZZES, "a course has " + MAX_QUIZZES + " quizzes at most");
        }
        quizzes.forEach(file -> protos.requireQuiz(file, course));
        return quizzes.stream().map(ArchiveFile::name).toList();
    }

    /// A file that was checked before.
    public ArchiveFile file(String name) {
        return require(archive, name);
    }

    private static void requireAsListed(OlxArchive archive, Manifest manifest) {
        for (var file : archive.files()) {
            var entry = manifest.files().get(file.name());
            if (entry == null && !file.name().equals(Manifest.NAME)) {
                throw new InvalidCourseException(
                        RefusalReason.FILE_UNLISTED, file.name(), "the manifest does not name it");
            }
            if (entry != null
                    && (entry.sizeBytes() != file.sizeBytes() || !entry.sha256().equals(file.sha256()))) {
                throw new InvalidCourseException(
                        RefusalReason.CHECKSUM_MISMATCH, file.name(), "it is not what the manifest says");
            }
        }
        manifest.files().keySet().forEach(name -> require(archive, name));
    }

    private static ArchiveFile require(OlxArchive archive, String name) {
        Optional<ArchiveFile> file = archive.file(name);
        return file.orElseThrow(
                () -> new InvalidCourseException(RefusalReason.FILE_MISSING, name, "it is not in the archive"));
    }
}
