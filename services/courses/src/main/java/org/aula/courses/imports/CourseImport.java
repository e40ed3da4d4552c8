package org.aula.courses.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.aula.courses.course.CourseOperations;
import org.aula.courses.course.CourseService;
import org.aula.courses.duplicate.CourseWriter;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.media.MediaStorage;
import org.aula.courses.media.WorkFolder;
import org.aula.courses.olx.ImportedCourse;
import org.aula.courses.olx.Skipped;
import org.aula.courses.section.SectionRepository;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Makes a draft out of an archive, of Open edX or of an export: fetch, unpack and read; store the media;
/// write the course with its sections and lessons in one transaction; have its quizzes made; write what each
/// lesson teaches. A unit of progress is a file, a quiz or a lesson's pages.
///
/// A run that ends early is taken back as a whole, whether by a refusal, by its owner or by a crash.
@Singleton
final class CourseImport implements OperationWorker {

    private final ArchiveReader archives;
    private final MediaUpload media;
    private final ExportedCourseImport exported;
    private final MediaStorage storage;
    private final CourseService courses;
    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final LessonContents contents;
    private final QuizClient quizzes;
    private final CourseWriter writer;
    private final Database database;
    private final Clock clock;

    CourseImport(
            ArchiveReader archives,
            MediaUpload media,
            ExportedCourseImport exported,
            MediaStorage storage,
            CourseService courses,
            SectionRepository sections,
            LessonRepository lessons,
            LessonContents contents,
            QuizClient quizzes,
            CourseWriter writer,
            Database database,
            Clock clock) {
        this.archives = archives;
        this.media = media;
        this.exported = exported;
        this.storage = storage;
        this.courses = courses;
        this.sections = sections;
        this.lessons = lessons;
        this.contents = contents;
        this.quizzes = quizzes;
        this.writer = writer;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return CourseOperations.IMPORT;
    }

    @Override
    public void run(OperationRun run) throws Exception {
        try (var folder = WorkFolder.create()) {
            var read = archives.read(ImportMapper.archiveId(run.input()), folder, run);
            var courseId = UuidCreator.getTimeOrderedEpoch();
            switch (read) {
                case ArchiveReader.Read.OpenEdx(ImportedCourse imported, var archive) -> {
                    listSkipped(imported, run);
                    begin(courseId, run);
                    var files = imported.media().size();
                    var expected = files + imported.lessons().size() + quizzes(imported);
                    var assets = media.upload(imported, archive, courseId, run, expected);
                    var draft = new DraftBuilder(
                                    imported, courseId, run.ownerId(), assets, Times.now(clock), run::issue)
                            .make();
                    write(draft);
                    var total =
                            files + draft.quizzes().size() + draft.contents().size();
                    makeQuizzes(draft, run, files, total);
                    writeContents(draft, run, files + draft.quizzes().size(), total);
                }
                case ArchiveReader.Read.Exported(var course) -> {
                    begin(courseId, run);
                    exported.write(course, courseId, run);
                }
            }
        }
    }

    @Override
    public void undo(OperationRun run) {
        var courseId = run.resourceId();
        if (courseId == null) {
            return;
        }
        writer.rollback(courseId);
        storage.rollback(courseId);
    }

    private void begin(UUID courseId, OperationRun run) {
        run.registerResource(courseId);
        storage.open(courseId);
    }

    /// What learners miss comes first, since no more than a number of issues are kept.
    private static void listSkipped(ImportedCourse imported, OperationRun run) {
        imported.skipped().stream()
                .sorted(Comparator.comparing(skipped -> skipped.reason().presentationOnly()))
                .forEach(skipped -> run.issue(skipped.file(), skipped.element(), reason(skipped)));
    }

    private static String reason(Skipped skipped) {
        var description = skipped.reason().description();
        return skipped.count() == 1 ? description : description + " (" + skipped.count() + " times)";
    }

    private void write(Draft draft) {
        database.transact(() -> {
            courses.insert(draft.course());
            sections.insert(draft.sections());
            lessons.insert(draft.lessons());
            contents.announceFirst(draft.contents().keySet(), draft.course().createdAt());
        });
    }

    private static long quizzes(ImportedCourse imported) {
        return imported.lessons().stream()
                .filter(lesson -> lesson.quiz() != null)
                .count();
    }

    private void makeQuizzes(Draft draft, OperationRun run, long done, long total) {
        var made = new AtomicLong(done);
        quizzes.create(
                draft.course().id(),
                draft.quizzes().stream().map(QuizClient.Wanted::of).iterator(),
                run::issue,
                count -> run.progress(made.addAndGet(count), total));
    }

    private void writeContents(Draft draft, OperationRun run, long done, long total) {
        var written = done;
        for (var lesson : draft.contents().entrySet()) {
            contents.writeFirst(lesson.getKey(), run.ownerId(), lesson.getValue(), Times.now(clock));
            run.progress(++written, total);
        }
    }
}
