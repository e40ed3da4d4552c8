package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.Viewer;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;

/// Decides who may read or change what a lesson teaches. No transaction is open while another service is
/// asked.
@Singleton
final class LessonAccess {

    private record LessonInCourse(Lesson lesson, Course course) {}

    private final LessonRepository lessons;
    private final CourseRepository courses;
    private final CourseAccess courseAccess;
    private final EnrollmentAccessClient enrollments;
    private final Transactions transactions;

    LessonAccess(
            LessonRepository lessons,
            CourseRepository courses,
            CourseAccess courseAccess,
            EnrollmentAccessClient enrollments,
            Transactions transactions) {
        this.lessons = lessons;
        this.courses = courses;
        this.courseAccess = courseAccess;
        this.enrollments = enrollments;
        this.transactions = transactions;
    }

    /// Lets those pass who may read the content.
    ///
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND, PERMISSION_DENIED with ENROLLMENT_REQUIRED
    void requireReader(UUID lessonId) {
        var found = transactions
                .read(handle -> lessons.find(handle, lessonId)
                        .flatMap(lesson -> courses.find(handle, lesson.courseId())
                                .map(course -> new LessonInCourse(lesson, course))))
                .orElseThrow(LessonAccess::notFound);
        var viewer = Viewer.current();
        switch (found.lesson().readers(found.course(), viewer)) {
            case VIEWER -> {}
            case OTHERS -> throw notFound();
            case ENROLLED -> requireEnrolled(viewer, found.course().id());
        }
    }

    /// Lets those pass who may change the content.
    ///
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    void requireAuthor(UUID lessonId) {
        var course = transactions.read(handle ->
                lessons.find(handle, lessonId).flatMap(lesson -> courseAccess.findToChange(handle, lesson.courseId())));
        if (course.isEmpty()) {
            throw notFound();
        }
    }

    private void requireEnrolled(Viewer viewer, UUID courseId) {
        var userId = viewer.id();
        if (userId == null || !enrollments.mayRead(userId, courseId)) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "this lesson is for those who are enrolled");
        }
    }

    /// NOT_FOUND with LESSON_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, "there is no such lesson");
    }
}
