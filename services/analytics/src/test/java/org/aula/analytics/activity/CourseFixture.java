package org.aula.analytics.activity;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceBlockingStub;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// A published course with mandatory lessons, written past `courses`, which is not needed here.
public record CourseFixture(UUID id, TestUser instructor, List<UUID> lessons) {

    /// A course in the catalog with so many lessons.
    public static CourseFixture create(TestPlatform platform, int lessons) {
        var instructor = platform.user();
        var course = new CourseFixture(UuidCreator.getTimeOrderedEpoch(), instructor, new ArrayList<>());
        var sectionId = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO courses.courses (id, instructor_id, title, slug, status, published_at)
                    VALUES (?, ?, 'A course', ?, 'PUBLISHED', now())
                    """, course.id, instructor.id(), "course-" + course.id);
            handle.execute(
                    "INSERT INTO courses.course_sections (id, course_id, title, sort_order) VALUES (?, ?, 'One', 0)",
                    sectionId,
                    course.id);
            for (int index = 0; index < lessons; index++) {
                var lessonId = UuidCreator.getTimeOrderedEpoch();
                handle.execute("""
                        INSERT INTO courses.lessons (id, section_id, course_id, title, type, sort_order)
                        VALUES (?, ?, ?, 'A lesson', 'ARTICLE', ?)
                        """, lessonId, sectionId, course.id, index);
                course.lessons.add(lessonId);
            }
        });
        return course;
    }

    /// A learner enrols and completes the first lessons, each twice.
    public void learn(EnrollmentServiceBlockingStub learner, int lessonsDone) {
        var enrollment = learner.createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(id.toString())
                        .build())
                .getEnrollment();
        for (var lessonId : lessons.subList(0, lessonsDone)) {
            var request = CompleteLessonRequest.newBuilder()
                    .setEnrollmentId(enrollment.getId())
                    .setLessonId(lessonId.toString())
                    .build();
            learner.completeLesson(request);
            learner.completeLesson(request);
        }
    }
}
