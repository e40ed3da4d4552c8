package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.CourseStatus;
import org.aula.courses.course.Viewer;
import org.aula.courses.review.EnrollmentClient.Standing;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;

/// Writes reviews together with what they come to for the course, and tells listeners. No transaction is
/// open while another service is asked.
@Singleton
final class ReviewChange {

    private final ReviewRepository reviews;
    private final CourseRepository courses;
    private final EnrollmentClient enrollments;
    private final Outbox outbox;
    private final Transactions transactions;

    ReviewChange(
            ReviewRepository reviews,
            CourseRepository courses,
            EnrollmentClient enrollments,
            Outbox outbox,
            Transactions transactions) {
        this.reviews = reviews;
        this.courses = courses;
        this.enrollments = enrollments;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    /// Lets those pass who have taken a course. One that left the catalog is there for them alone.
    ///
    /// @return whether the course is open to them now
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with ENROLLMENT_REQUIRED
    boolean requireEnrolled(UUID userId, UUID courseId) {
        var course = transactions
                .read(handle -> courses.find(handle, courseId))
                .filter(found -> found.status() == CourseStatus.ARCHIVED || found.isVisibleTo(Viewer.current()))
                .orElseThrow(CourseAccess::notFound);
        var standing = enrollments.standing(userId, courseId);
        if (standing == Standing.STRANGER) {
            throw course.isVisibleTo(Viewer.current())
                    ? Errors.permissionDenied(
                            ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "reviews are for those who were enrolled")
                    : CourseAccess.notFound();
        }
        return standing == Standing.LEARNER;
    }

    /// @throws ServiceException ALREADY_EXISTS with REVIEW_EXISTS
    void insert(Handle handle, Review review) {
        if (!reviews.insert(handle, review)) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_REVIEW_EXISTS, "there is a review of yours already; change it", Map.of());
        }
        reviews.count(handle, review.courseId(), review.countedRating(), review.counted());
        outbox.append(handle, ReviewEvents.changed(review));
    }

    /// Writes the next state of a review that was locked.
    void update(Handle handle, Review before, Review next) {
        reviews.update(handle, next);
        reviews.count(
                handle,
                next.courseId(),
                next.countedRating() - before.countedRating(),
                next.counted() - before.counted());
        outbox.append(handle, ReviewEvents.changed(next));
    }

    void delete(Handle handle, Review review) {
        reviews.delete(handle, review.id());
        reviews.count(handle, review.courseId(), -review.countedRating(), -review.counted());
        outbox.append(handle, ReviewEvents.changed(review));
    }

    /// A review that exists for the caller, locked until the end of the transaction.
    ///
    /// @throws ServiceException NOT_FOUND with REVIEW_NOT_FOUND
    Review lock(Handle handle, UUID id) {
        var viewer = ReviewViewer.current();
        return reviews.lock(handle, id, viewer)
                .filter(review -> viewer.sees(review)
                        && (viewer.seesAll() || review.userId().equals(viewer.id()) || isShown(handle, review)))
                .orElseThrow(ReviewChange::notFound);
    }

    private boolean isShown(Handle handle, Review review) {
        Optional<Course> course = courses.find(handle, review.courseId());
        return course.filter(found -> found.isVisibleTo(Viewer.current())).isPresent();
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND, "there is no such review");
    }
}
