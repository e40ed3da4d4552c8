package org.aula.enrollments.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Who gets a place in a course.
@Singleton
final class Admission {

    private final EnrollmentRepository enrollments;
    private final CatalogRepository catalog;
    private final Outbox outbox;
    private final Clock clock;

    Admission(EnrollmentRepository enrollments, CatalogRepository catalog, Outbox outbox, Clock clock) {
        this.enrollments = enrollments;
        this.catalog = catalog;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Enrols a learner in a free course. Whoever is enrolled already is told so, also when the course
    /// costs by now.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ALREADY_ENROLLED with `enrollment_id`, PAYMENT_REQUIRED
    Enrollment enroll(Handle handle, UUID userId, UUID courseId) {
        var course = catalog.findCourse(handle, courseId)
                .filter(CatalogCourse::published)
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "the catalogue has no course " + courseId));
        var now = Times.now(clock);
        var enrollment = Enrollment.free(UuidCreator.getTimeOrderedEpoch(), userId, courseId, now);
        if (!enrollments.takeKey(handle, enrollment)) {
            throw alreadyEnrolled(enrollments.findKey(handle, userId, courseId));
        }
        course.requireFree();
        enrollments.insert(handle, enrollment);
        outbox.append(handle, EnrollmentEvents.userEnrolled(enrollment));
        return enrollment;
    }

    private static ServiceException alreadyEnrolled(UUID enrollmentId) {
        return Errors.alreadyExists(
                ErrorReason.ERROR_REASON_ALREADY_ENROLLED,
                "you are enrolled in this course",
                Map.of("enrollment_id", enrollmentId.toString()));
    }
}
