package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.courseaccess.CourseGuard;
import org.aula.enrollments.course.CourseErrors;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Reads enrollments, for those who may know of them.
@Singleton
final class EnrollmentReader {

    private final EnrollmentRepository enrollments;
    private final CourseEnrollmentRepository courseEnrollments;
    private final ProgressRepository progresses;
    private final CourseGuard guard;
    private final Database database;

    EnrollmentReader(
            EnrollmentRepository enrollments,
            CourseEnrollmentRepository courseEnrollments,
            ProgressRepository progresses,
            CourseGuard guard,
            Database database) {
        this.enrollments = enrollments;
        this.courseEnrollments = courseEnrollments;
        this.progresses = progresses;
        this.guard = guard;
        this.database = database;
    }

    /// @throws ServiceException ENROLLMENT_NOT_FOUND, NOT_OWNER
    EnrollmentDetails get(UUID id) {
        return database.query(() -> {
            var enrollment = enrollments.find(id).orElseThrow(() -> EnrollmentService.notFound(id));
            CallScope.current().requireOwner(enrollment.userId());
            return new EnrollmentDetails(enrollment, progresses.find(id));
        });
    }

    /// A learner's enrollments in these courses, in any order.
    ///
    /// @param withLessons whether progress in lessons is read; else there is none
    List<EnrollmentDetails> findByCourses(UUID userId, Collection<UUID> courseIds, boolean withLessons) {
        return database.query(() -> {
            var found = enrollments.findByCourses(userId, courseIds);
            return withLessons
                    ? withLessons(found)
                    : found.stream()
                            .map(enrollment -> new EnrollmentDetails(enrollment, List.of()))
                            .toList();
        });
    }

    /// A learner's enrollments, the latest first.
    ///
    /// @param status null for any
    /// @param before the last id of the page before; null for the first page
    List<Enrollment> list(UUID userId, Enrollment.@Nullable Status status, @Nullable UUID before, int limit) {
        return database.query(() -> enrollments.list(userId, status, before, limit));
    }

    /// A course's enrollments, the latest first.
    ///
    /// @param before the last id of the page before; null for the first page
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<Enrollment> listOfCourse(CourseEnrollmentRepository.Filter filter, @Nullable UUID before, int limit) {
        return database.query(() -> {
            guard.requireTeacher(filter.courseId(), () -> CourseErrors.notFound(filter.courseId()));
            return courseEnrollments.list(filter, before, limit);
        });
    }

    private List<EnrollmentDetails> withLessons(List<Enrollment> found) {
        var lessons = found.isEmpty()
                ? Map.<UUID, List<LessonProgress>>of()
                : progresses.findAll(found.stream().map(Enrollment::id).toList());
        return found.stream()
                .map(enrollment -> new EnrollmentDetails(enrollment, lessons.getOrDefault(enrollment.id(), List.of())))
                .toList();
    }
}
