package org.aula.courses.duplicate;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.courses.course.CourseOperations;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.media.ContentClient;
import org.aula.courses.media.FileTransfer;
import org.aula.courses.media.MediaStorage;
import org.aula.courses.media.StoredFile;
import org.aula.courses.media.WorkFolder;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;

/// Makes a draft out of another course: the rows as they were at one moment, with copies of the media,
/// since files belong to one course and end with it; then what each lesson teaches. A unit of progress is a
/// file or a lesson.
///
/// A run that ends early is taken back as a whole, whether by a refusal, by its owner or by a crash.
@Singleton
final class CourseDuplication implements OperationWorker {

    private final CourseReader reader;
    private final CourseWriter writer;
    private final LessonContents contents;
    private final ContentClient content;
    private final FileTransfer transfer;
    private final MediaStorage media;

    CourseDuplication(
            CourseReader reader,
            CourseWriter writer,
            LessonContents contents,
            ContentClient content,
            FileTransfer transfer,
            MediaStorage media) {
        this.reader = reader;
        this.writer = writer;
        this.contents = contents;
        this.content = content;
        this.transfer = transfer;
        this.media = media;
    }

    @Override
    public String kind() {
        return CourseOperations.DUPLICATE;
    }

    @Override
    public void run(OperationRun run) throws Exception {
        var copyId = UuidCreator.getTimeOrderedEpoch();
        run.registerResource(copyId);
        media.open(copyId);
        var wish = DuplicationMapper.wish(run.input());
        var original = reader.read(wish.courseId());
        var course = original.course().titled(wish.title());
        var draft = new CourseWriter.Draft(copyId, run.ownerId(), new IdMapping());
        course.lessons().forEach(lesson -> draft.copies().of(lesson.id()));

        var named = new CourseMedia(course.details());
        var written = new ArrayList<UUID>();
        for (var lesson : course.lessons()) {
            var pages = contents.newest(lesson.id()).pages();
            if (!pages.isEmpty()) {
                written.add(lesson.id());
                named.add(pages);
            }
            run.progress(0, 0);
        }
        var files = open(original, wish.courseId(), named, run);
        var total = files.size() + written.size();
        copyFiles(files, draft, run, total);
        writer.write(course, draft, written, missing -> run.issue("course", missing, "it is not there any more"));
        var done = files.size();
        for (var lessonId : written) {
            writer.writeContent(draft, lessonId, contents.newest(lessonId).pages());
            run.progress(++done, total);
        }
    }

    @Override
    public void undo(OperationRun run) {
        var copyId = run.resourceId();
        if (copyId == null) {
            return;
        }
        writer.rollback(copyId);
        media.rollback(copyId);
    }

    /// What may be copied; the rest stays what it is, and is listed.
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

    private void copyFiles(List<StoredFile> files, CourseWriter.Draft draft, OperationRun run, long total)
            throws Exception {
        var done = 0;
        try (var folder = WorkFolder.create()) {
            var bytes = folder.path().resolve("file");
            for (var stored : files) {
                var file = stored.file();
                transfer.download(stored.address(), bytes, file.sizeBytes(), run::checkCancelled);
                var copy = file.of(draft.copies().ofKnown(file.lessonId()));
                media.store(bytes, copy, draft.id(), draft.ownerId())
                        .ifPresentOrElse(
                                id -> draft.copies().asset(stored.id(), id),
                                () -> run.issue("file " + stored.id(), "", "the file is not what its name says"));
                run.progress(++done, total);
            }
        }
    }
}
