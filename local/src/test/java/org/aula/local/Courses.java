package org.aula.local;

import io.grpc.Channel;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateLessonContentRequest;

/// Courses of tests, made through the edge as an author makes them.
public final class Courses {

    /// A course with its lessons.
    public record Made(Course course, List<String> lessonIds) {}

    private Courses() {}

    /// A draft of one section with so many lessons, each with a page.
    public static Made draft(Channel author, int lessons) {
        var course = CourseServiceGrpc.newBlockingStub(author)
                .createCourse(CreateCourseRequest.newBuilder()
                        .setRequestId(requestId())
                        .setTitle("A course of tests")
                        .build())
                .getCourse();
        var section = SectionServiceGrpc.newBlockingStub(author)
                .createSection(CreateSectionRequest.newBuilder()
                        .setRequestId(requestId())
                        .setCourseId(course.getId())
                        .setTitle("The section")
                        .build())
                .getSection();
        var ids = IntStream.range(0, lessons)
                .mapToObj(number -> lesson(author, section.getId(), number))
                .toList();
        return new Made(course, ids);
    }

    /// The same, in the catalog.
    public static Made published(Channel author, Channel admin, int lessons) {
        var made = draft(author, lessons);
        CourseServiceGrpc.newBlockingStub(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(made.course().getId())
                        .build());
        CourseServiceGrpc.newBlockingStub(admin)
                .publishCourse(PublishCourseRequest.newBuilder()
                        .setCourseId(made.course().getId())
                        .build());
        return made;
    }

    public static String requestId() {
        return UUID.randomUUID().toString();
    }

    private static String lesson(Channel author, String sectionId, int number) {
        var stub = LessonServiceGrpc.newBlockingStub(author);
        var lesson = stub.createLesson(CreateLessonRequest.newBuilder()
                        .setRequestId(requestId())
                        .setSectionId(sectionId)
                        .setTitle("Lesson " + number)
                        .build())
                .getLesson();
        var block = ContentBlock.newBuilder().setHtml(HtmlBlock.newBuilder().setHtml("<p>Read this.</p>"));
        stub.updateLessonContent(UpdateLessonContentRequest.newBuilder()
                .setLessonId(lesson.getId())
                .addPages(LessonPage.newBuilder().setId("page").addBlocks(block))
                .build());
        return lesson.getId();
    }
}
