package org.aula.courses.imports;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.courses.duplicate.Copies;
import org.aula.courses.duplicate.CourseWriter;
import org.aula.courses.export.ExportedCourse;
import org.aula.courses.export.ExportedCourseReader;
import org.aula.courses.media.MediaStorage;
import org.aula.kernel.operation.OperationRun;

/// Makes a draft out of a course that was exported.
@Singleton
final class ExportedCourseImport {

    private final ExportedCourseReader reader;
    private final MediaStorage media;
    private final CourseWriter writer;

    ExportedCourseImport(ExportedCourseReader reader, MediaStorage media, CourseWriter writer) {
        this.reader = reader;
        this.media = media;
        this.writer = writer;
    }

    void write(ExportedCourse exported, UUID courseId, OperationRun run) throws InterruptedException {
        var draft = new CourseWriter.Draft(courseId, run.ownerId(), new Copies());
        var course = exported.course();
        course.lessons().forEach(lesson -> draft.copies().of(lesson.id()));
        var total = exported.media().size() + exported.written().size();
        var done = 0;
        for (var archived : exported.media()) {
            var file = archived.file().of(draft.copies().ofKnown(archived.file().lessonId()));
            media.store(exported.file(archived.name()).location(), file, courseId, run.ownerId())
                    .ifPresentOrElse(
                            id -> draft.copies().asset(archived.id(), id),
                            () -> run.issue(archived.name(), "", "the file is not what its name says"));
            run.progress(++done, total);
        }
        writer.write(
                course, draft, exported.written(), missing -> run.issue("course.json", missing, "there is none here"));
        for (var lessonId : exported.written()) {
            writer.writeContent(draft, lessonId, reader.content(exported, lessonId));
            run.progress(++done, total);
        }
    }
}
