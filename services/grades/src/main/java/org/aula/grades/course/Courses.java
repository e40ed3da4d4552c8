package org.aula.grades.course;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Decides who teaches a course and who learns it. What a caller may not see does not exist for them.
@Singleton
public final class Courses {

    private final CourseRepository courses;
    private final Clock clock;

    Courses(CourseRepository courses, Clock clock) {
        this.courses = courses;
        this.clock = clock;
    }

    /// Lets pass who teaches a course, or may do this in every course.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    public void requireTeacher(UUID courseId) {
        requireTeacher(courseId, Courses::notFound);
    }

    /// As [#requireTeacher], for what is in a course.
    ///
    /// @param missing what is thrown when the course does not exist for the caller
    public void requireTeacher(UUID courseId, Supplier<ServiceException> missing) {
        var course = courses.find(courseId).filter(Course::isVisible).orElseThrow(missing);
        CallScope.current().requireOwner(course.instructorId());
    }

    /// Lets pass who teaches a course, or may do this in every course; to others what they ask for does not
    /// exist.
    ///
    /// @param missing what is thrown to others
    public void requireHidden(UUID courseId, Supplier<ServiceException> missing) {
        var scope = CallScope.current();
        if (scope.seesAll()) {
            return;
        }
        var course = courses.find(courseId)
                .filter(found -> scope.caller().is(found.instructorId()))
                .orElseThrow(missing);
        scope.requireOwner(course.instructorId());
    }

    /// Lets pass whose it is, who teaches its course, or may read everything; to others it does not exist.
    ///
    /// @return whether the caller is on the side of those who grade
    public boolean requireLearnerOrTeacher(UUID userId, UUID courseId, Supplier<ServiceException> missing) {
        var scope = CallScope.current();
        if (scope.caller().is(userId)) {
            scope.requireOwner(userId);
            return false;
        }
        requireHidden(courseId, missing);
        return true;
    }

    /// The enrollment of a learner to whom a course is open.
    ///
    /// @param missing what is thrown when the caller may not even know of the course
    /// @throws ServiceException PERMISSION_DENIED with ENROLLMENT_REQUIRED
    public UUID requireEnrolled(UUID userId, UUID courseId, Supplier<ServiceException> missing) {
        var enrollment = courses.findEnrollment(userId, courseId).filter(found -> found.isOpen(clock.instant()));
        if (enrollment.isPresent()) {
            return enrollment.get().id();
        }
        if (courses.find(courseId).filter(Course::isVisible).isEmpty()) {
            throw missing.get();
        }
        throw Errors.permissionDenied(
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "an enrollment in the course is required");
    }

    /// Whether somebody is or was enrolled in a course.
    public boolean isLearner(UUID userId, UUID courseId) {
        return courses.findEnrollment(userId, courseId).isPresent();
    }

    /// A course that the caller may know of.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND
    public Course visible(UUID courseId) {
        return find(courseId).filter(Course::isVisible).orElseThrow(Courses::notFound);
    }

    public Optional<Course> find(UUID courseId) {
        return courses.find(courseId);
    }

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "course not found");
    }
}
