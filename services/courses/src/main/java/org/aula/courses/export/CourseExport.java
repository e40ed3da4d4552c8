package org.aula.courses.export;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.courses.course.CourseOperations;
import org.aula.courses.duplicate.CourseMedia;
import org.aula.courses.duplicate.CourseReader;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.media.ContentClient;
import org.aula.courses.media.CourseFile;
import org.aula.courses.media.FileTransfer;
import org.aula.courses.media.FileVisibility;
import org.aula.courses.media.StoredFile;
import org.aula.courses.media.WorkFolder;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Writes a course as one archive, with the newest content of each lesson, the quizzes that learners take
/// and all media that may be copied, and stores it as an asset of who asked. A unit of progress is a lesson
/// or a file.
///
/// Nothing is made until the archive is complete; an asset whose bytes do not follow is deleted.
@Singleton
final class CourseExport implements OperationWorker {

    private static final String MEDIA_TYPE = "application/gzip";

    /// Quizzes that are held in memory together.
    private static final int AT_ONCE = 10;

    private final CourseReader reader;
    private final PublishedQuizRepository quizzes;
    private final LessonContents contents;
    private final ContentClient content;
    private final FileTransfer transfer;
    private final Database database;
    private final long maxArchiveBytes;

    CourseExport(
            CourseReader reader,
            PublishedQuizRepository quizzes,
            LessonContents contents,
            ContentClient content,
            FileTransfer transfer,
            Database database,
            @Value("${aula.imports.max-archive-bytes}") long maxArchiveBytes) {
        this.reader = reader;
        this.quizzes = quizzes;
        this.contents = contents;
        this.content = content;
        this.transfer = transfer;
        this.database = database;
        this.maxArchiveBytes = maxArchiveBytes;
    }

    @Override
    public String kind() {
        return CourseOperations.EXPORT;
    }

    @Override
    public void run(OperationRun run) throws Exception {
        var courseId = ExportMapper.courseId(run.input());
        var original = reader.read(courseId);
        try (var folder = WorkFolder.create()) {
            var archive = folder.path().resolve("archive");
            try (var writer = ArchiveWriter.to(archive)) {
                writer.text(ExportedCourse.OUTLINE, ArchiveMapper.toJson(original.course()));
                var named = writeContents(original, writer, run);
                writeQuizzes(courseId, original.course().lessonsForQuizzes(), named, writer, run);
                var done = original.course().lessons().size();
                writer.finish(writeFiles(open(original, courseId, named, run), folder.path(), writer, run, done));
            }
            store(archive, original.slug(), run);
        }
    }

    @Override
    public void undo(OperationRun run) {
        var assetId = run.resourceId();
        if (assetId != null) {
            content.delete(assetId);
        }
    }

    private CourseMedia writeContents(CourseReader.Owned original, ArchiveWriter writer, OperationRun run)
            throws IOException {
        var lessons = original.course().lessons();
        var named = new CourseMedia(original.course().details());
        var done = 0;
        for (var lesson : lessons) {
            var pages = contents.newest(lesson.id()).pages();
            if (!pages.isEmpty()) {
                writer.text(ExportedCourse.content(lesson.id()), ArchiveMapper.toJson(pages));
                named.add(pages);
            }
            run.progress(++done, lessons.size());
        }
        return named;
    }

    /// What learners take of them; drafts do not go along.
    private void writeQuizzes(
            UUID courseId, Set<UUID> lessons, CourseMedia named, ArchiveWriter writer, OperationRun run)
            throws IOException {
        for (var page = published(courseId, null);
                !page.isEmpty();
                page = published(courseId, page.getLast().id())) {
            for (var quiz : page) {
                var json = QuizMapper.toJson(
                        quiz.document(),
                        lessons,
                        (title, draw) -> run.issue(
                                "quiz \"" + title + "\"",
                                draw,
                                "questions that are drawn from a bank do not go along"));
                if (json.isPresent()) {
                    writer.text(ExportedCourse.quiz(quiz.id()), json.get());
                    named.addAllNamed(new String(json.get(), StandardCharsets.UTF_8));
                }
            }
            run.checkCancelled();
        }
    }

    private List<PublishedQuiz> published(UUID courseId, @Nullable UUID after) {
        return database.query(() -> quizzes.list(courseId, after, AT_ONCE));
    }

    /// What may be copied; the rest keeps its name, and is listed.
    private List<StoredFile> open(CourseReader.Owned original, UUID courseId, CourseMedia named, OperationRun run) {
        var open = content.downloads(named.assetIds()).stream()
                .filter(file -> file.isOpenTo(courseId, original.instructorId(), run.ownerId()))
                .toList();
        var found = open.stream().map(StoredFile::id).toList();
        named.assetIds().stream()
                .filter(id -> !found.contains(id))
                .forEach(id -> run.issue("file " + id, "", "it is not there, or not open to the course"));
        return open;
    }

    private List<ArchivedMedia> writeFiles(
            List<StoredFile> files, Path folder, ArchiveWriter writer, OperationRun run, long lessons)
            throws IOException, InterruptedException {
        var written = new ArrayList<ArchivedMedia>();
        var bytes = folder.resolve("file");
        for (var stored : files) {
            var media = new ArchivedMedia(stored.id(), stored.file());
            transfer.download(stored.address(), bytes, stored.file().sizeBytes(), run::checkCancelled);
            writer.file(media.name(), bytes);
            written.add(media);
            run.progress(lessons + written.size(), lessons + files.size());
        }
        return written;
    }

    private void store(Path archive, String slug, OperationRun run) throws IOException, InterruptedException {
        var size = Files.size(archive);
        ArchiveWriter.requireBelow(size, maxArchiveBytes);
        var sha256 = MoreFiles.asByteSource(archive).hash(Hashing.sha256()).toString();
        var upload = content.announce(
                new CourseFile(
                        run.id().toString(),
                        slug.substring(0, Math.min(slug.length(), 200)) + ".tar.gz",
                        MEDIA_TYPE,
                        size,
                        sha256,
                        FileVisibility.PRIVATE,
                        null),
                run.ownerId());
        run.registerResource(upload.assetId());
        transfer.upload(archive, upload.address(), upload.headers());
        if (!content.complete(upload.assetId())) {
            throw new IllegalStateException("an archive of ours is not taken for gzip");
        }
    }
}
