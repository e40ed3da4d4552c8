package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.Person;
import org.aula.courses.course.CourseAccess;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What is done with reviews. A change is written together with what the reviews come to for the course,
/// its event and its entry in the audit log.
///
/// What names a review throws [ServiceException]: NOT_FOUND with REVIEW_NOT_FOUND when there is none for the
/// caller, PERMISSION_DENIED with NOT_OWNER when it is for its writer only.
@Singleton
final class ReviewService {

    private static final String RESOURCE = "review";

    private final ReviewRepository reviews;
    private final CourseAccess courseAccess;
    private final CourseGuard guard;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    ReviewService(
            ReviewRepository reviews,
            CourseAccess courseAccess,
            CourseGuard guard,
            Database database,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.reviews = reviews;
        this.courseAccess = courseAccess;
        this.guard = guard;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Lets those pass who have taken a course. One that left the catalog is there for them alone.
    ///
    /// @return whether the course is open to them now
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with ENROLLMENT_REQUIRED
    boolean requireEnrolled(UUID userId, UUID courseId) {
        var course = database.query(() -> guard.find(courseId, userId)).orElseThrow(CourseAccess::notFound);
        if (course.enrollmentId() == null) {
            throw course.isVisibleTo(Person.calling())
                    ? Errors.permissionDenied(
                            ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "an enrollment in the course is required")
                    : CourseAccess.notFound();
        }
        return course.open();
    }

    /// Inserts a new review, in the caller's transaction.
    ///
    /// @throws ServiceException ALREADY_EXISTS with REVIEW_EXISTS
    Review create(Review review) {
        if (!reviews.insert(review)) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_REVIEW_EXISTS,
                    "the caller has already reviewed the course; update that review",
                    Map.of());
        }
        count(review.courseId(), review.countedRating(), review.counted());
        outbox.append(ReviewEvents.changed(review));
        audit.recordCreated(RESOURCE, review.id(), ReviewMapper.toProto(review));
        return review;
    }

    /// Reviews of a course that exists for the caller.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND
    List<Review> list(ReviewQuery query) {
        return database.query(() -> {
            if (!courseAccess.isShown(query.courseId())) {
                throw CourseAccess.notFound();
            }
            return reviews.list(query);
        });
    }

    /// A review that exists for the caller.
    Review find(UUID id) {
        var viewer = ReviewViewer.current();
        return database.query(() -> reviews.find(id, viewer.id())
                .filter(review -> isShown(review, viewer))
                .orElseThrow(ReviewService::notFound));
    }

    /// What the caller has written of these courses, in any order.
    List<Review> findOwn(List<UUID> courseIds) {
        var userId = CallScope.current().requireUser();
        return database.query(() -> reviews.findOwn(courseIds, userId));
    }

    /// Lets a review's writer say something else. A change that leads nowhere new is not refused for its
    /// etag: most likely the first answer got lost.
    ///
    /// @param next gives the review as it shall be
    /// @throws ServiceException also ABORTED with ETAG_MISMATCH
    Review update(UUID id, String etag, UnaryOperator<Review> next) {
        return database.transact(() -> {
            var before = lock(id);
            CallScope.current().requireOwner(before.userId());
            var wanted = next.apply(before);
            if (!wanted.equals(before)) {
                Etags.require(etag, before.version());
            }
            var change = write(before, wanted);
            audit.record(RESOURCE, id, change, ReviewMapper::toProto);
            return change.after();
        });
    }

    /// Hides a review or shows it.
    ///
    /// @param reason for the audit log
    Review moderate(UUID id, boolean visible, String reason) {
        return database.transact(() -> {
            var before = lock(id);
            var change = write(before, before.moderated(visible));
            if (change.isNone()) {
                audit.nothing();
            } else {
                audit.record(
                        RESOURCE,
                        id,
                        ReviewMapper.moderation(before, ""),
                        ReviewMapper.moderation(change.after(), reason));
            }
            return change.after();
        });
    }

    /// Says whether the caller finds a review helpful.
    ///
    /// @throws ServiceException also FAILED_PRECONDITION with REVIEW_OWN
    Review vote(UUID id, boolean helpful) {
        var userId = CallScope.current().requireUser();
        return database.transact(() -> {
            var before = lock(id);
            if (before.userId().equals(userId)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_REVIEW_OWN, "authors cannot vote on their own review", Map.of());
            }
            if (before.helpfulToMe() == helpful) {
                return before;
            }
            var voted = before.voted(helpful);
            if (helpful) {
                reviews.insertVote(id, userId);
            } else {
                reviews.deleteVote(id, userId);
            }
            reviews.updateHelpfulCount(voted);
            return voted;
        });
    }

    /// Deletes a review for its writer.
    void delete(UUID id) {
        database.transact(() -> {
            var review = lock(id);
            CallScope.current().requireOwner(review.userId());
            reviews.delete(id);
            count(review.courseId(), -review.countedRating(), -review.counted());
            outbox.append(ReviewEvents.changed(review));
            audit.recordDeleted(RESOURCE, id, ReviewMapper.toProto(review));
        });
    }

    private Change<Review> write(Review before, Review wanted) {
        if (wanted.equals(before)) {
            return Change.none(before);
        }
        var after = wanted.changedAt(Times.now(clock));
        reviews.update(after);
        count(after.courseId(), after.countedRating() - before.countedRating(), after.counted() - before.counted());
        outbox.append(ReviewEvents.changed(after));
        return new Change<>(before, after);
    }

    private void count(UUID courseId, int rating, int number) {
        if (rating != 0 || number != 0) {
            reviews.count(courseId, rating, number);
        }
    }

    /// A review that exists for the caller, locked until the end of the transaction.
    private Review lock(UUID id) {
        var viewer = ReviewViewer.current();
        // The vote is read after the lock is there: before it, another call of the same user may be at work.
        return reviews.lock(id)
                .flatMap(locked -> reviews.find(locked, viewer.id()))
                .filter(review -> isShown(review, viewer))
                .orElseThrow(ReviewService::notFound);
    }

    private boolean isShown(Review review, ReviewViewer viewer) {
        return viewer.sees(review)
                && (viewer.seesAll() || review.userId().equals(viewer.id()) || courseAccess.isShown(review.courseId()));
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND, "review not found");
    }
}
