package org.aula.courses.imports;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.courses.duplicate.CourseWriter;
import org.aula.courses.duplicate.IdMapping;
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
    private final QuizClient quizzes;

    ExportedCourseImport(ExportedCourseReader reader, MediaStorage media, CourseWriter writer, QuizClient quizzes) {
        this.reader = reader;
        this.media = media;
        this.writer = writer;
        this.quizzes = quizzes;
    }

    void write(ExportedCourse exported, UUID courseId, OperationRun run) throws InterruptedException {
        var draft = new CourseWriter.Draft(courseId, run.ownerId(), new IdMapping());
        var course = exported.course();
        course.lessons().forEach(lesson -> draft.copies().of(lesson.id()));
        var total = exported.media().size()
                + exported.quizzes().size()
                + exported.written().size();
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
        createQuizzes(exported, draft, run, done, total);
        done += exported.quizzes().size();
        for (var lessonId : exported.written()) {
            writer.writeContent(draft, lessonId, reader.content(exported, lessonId));
            run.progress(++done, total);
        }
    }

    private void createQuizzes(
            ExportedCourse exported, CourseWriter.Draft draft, OperationRun run, long before, long total) {
        var done = new AtomicLong(before);
        quizzes.create(
                draft.id(),
                exported.quizzes().stream()
                        .map(name -> new QuizClient.Wanted(quiz(exported, name, draft.copies()), index -> name))
                        .iterator(),
                run::issue,
                count -> run.progress(done.addAndGet(count), total));
    }

    /// A quiz that names the copies of what the archive names.
    private static NewQuiz quiz(ExportedCourse exported, String name, IdMapping copies) {
        try {
            var quiz = NewQuiz.newBuilder();
            JsonFormat.parser()
                    .merge(copies.html(Files.readString(exported.file(name).location())), quiz);
            if (!quiz.getLessonId().isEmpty()) {
                quiz.setLessonId(copies.of(UUID.fromString(quiz.getLessonId())).toString());
            }
            return quiz.build();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("it was read before", impossible);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
