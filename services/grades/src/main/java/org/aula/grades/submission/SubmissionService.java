package org.aula.grades.submission;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.rpc.BadRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.course.CourseErrors;
import org.aula.grades.course.LessonAccess;
import org.aula.grades.submission.FileAssignmentVersionRepository.Offer;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What a learner does with a submission.
@Singleton
final class SubmissionService {

    private final SubmissionRepository submissions;
    private final UploadRepository uploads;
    private final FileAssignmentVersionRepository versions;
    private final CourseGuard guard;
    private final LessonAccess lessons;
    private final Database database;
    private final Clock clock;

    SubmissionService(
            SubmissionRepository submissions,
            UploadRepository uploads,
            FileAssignmentVersionRepository versions,
            CourseGuard guard,
            LessonAccess lessons,
            Database database,
            Clock clock) {
        this.submissions = submissions;
        this.uploads = uploads;
        this.versions = versions;
        this.guard = guard;
        this.lessons = lessons;
        this.database = database;
        this.clock = clock;
    }

    /// What somebody wants to hand in.
    ///
    /// @param assetIds as they were asked for
    /// @param files those of them that are there
    record Wish(List<UUID> assetIds, List<Submission.File> files, String comment, String etag) {

        /// The files that are there and among these.
        List<Submission.File> files(Set<UUID> among) {
            return files.stream().filter(file -> among.contains(file.assetId())).toList();
        }
    }

    /// The draft that there is, or a new one, in the caller's transaction.
    ///
    /// @throws ServiceException FILE_ASSIGNMENT_NOT_FOUND, ENROLLMENT_REQUIRED, LESSON_NOT_RELEASED,
    ///     LESSON_PREREQUISITE_MISSING, NOT_OPEN, NONE_LEFT, STATUS_FORBIDS
    Submission begin(UUID userId, UUID fileAssignmentId) {
        var offer = versions.find(fileAssignmentId).orElseThrow(SubmissionService::assignmentNotFound);
        var enrollmentId = guard.requireEnrolled(
                offer.courseId(), SubmissionService::assignmentNotFound, CourseErrors::enrollmentRequired);
        submissions.lockPlace(userId, fileAssignmentId);
        var last = submissions.findLast(userId, fileAssignmentId).orElse(null);
        if (last != null && last.isDraft()) {
            return last;
        }
        if (last != null && last.status() == Submission.Status.SUBMITTED) {
            throw statusForbids("the last submission waits for its grade", last);
        }
        var now = Times.now(clock);
        var assignment = requireOpen(offer, now);
        var number = last == null ? 1 : last.number() + 1;
        if (assignment.maxSubmissions() > 0 && number > assignment.maxSubmissions()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_NONE_LEFT,
                    "all submissions are used up",
                    Map.of("limit", Integer.toString(assignment.maxSubmissions())));
        }
        var submission =
                Submission.begun(UuidCreator.getTimeOrderedEpoch(), assignment, userId, enrollmentId, number, now);
        submissions.insert(submission);
        return submission;
    }

    private FileAssignmentVersion requireOpen(Offer offer, Instant now) {
        if (!offer.offered()) {
            throw notOpen("the assignment was withdrawn", Map.of());
        }
        var assignment = versions.get(offer.id(), offer.version());
        lessons.requireReleased(assignment.lessonId());
        if (assignment.openAt() != null && now.isBefore(assignment.openAt())) {
            throw notOpen(
                    "the assignment is not open yet",
                    Map.of("open_time", assignment.openAt().toString()));
        }
        var close = assignment.closeAt();
        if (close != null && now.isAfter(close)) {
            throw notOpen("the assignment takes nothing any more", Map.of("close_time", close.toString()));
        }
        return assignment;
    }

    /// A submission of the caller's own.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND
    Submission requireOwn(UUID id) {
        return database.query(() -> own(submissions.find(id)));
    }

    /// A submission that the caller may read: a draft is there for its learner alone.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND
    Submission get(UUID id) {
        return database.query(() -> {
            var submission = submissions.find(id).orElseThrow(SubmissionService::notFound);
            var forGrader = guard.requireLearnerOrTeacher(
                    submission.userId(), submission.courseId(), SubmissionService::notFound);
            if (forGrader && submission.isDraft()) {
                throw notFound();
            }
            return submission;
        });
    }

    /// One page of a learner's submissions.
    List<Submission> listOwn(SubmissionQuery query) {
        return database.query(() -> submissions.list(query));
    }

    /// One page of what was handed in in a course, for who teaches it.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<Submission> listOfCourse(UUID courseId, SubmissionQuery query) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return submissions.list(query);
        });
    }

    private static Submission own(Optional<Submission> found) {
        var scope = CallScope.current();
        var submission = found.filter(candidate -> scope.caller().is(candidate.userId()))
                .orElseThrow(SubmissionService::notFound);
        scope.requireOwner(submission.userId());
        return submission;
    }

    /// A draft of the caller's own.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND, STATUS_FORBIDS
    static Submission requireOwnDraft(Optional<Submission> found) {
        var submission = own(found);
        if (!submission.isDraft()) {
            throw statusForbids("the submission is handed in", submission);
        }
        return submission;
    }

    /// What a draft is for, as it stands now, in the caller's transaction.
    ///
    /// @throws ServiceException LESSON_NOT_RELEASED, LESSON_PREREQUISITE_MISSING, NOT_OPEN
    FileAssignmentVersion openAssignment(Submission draft, Instant now) {
        return requireOpen(offerOf(draft), now);
    }

    private Offer offerOf(Submission submission) {
        return versions.find(submission.fileAssignmentId()).orElseThrow(SubmissionService::assignmentNotFound);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND, STATUS_FORBIDS, FILE_UNSUITABLE, ETAG_MISMATCH
    Submission fill(UUID id, Wish wish) {
        return database.transact(() -> {
            var before = requireOwnDraft(submissions.lock(id));
            var offer = offerOf(before);
            // Drafts of one learner may give a file to each other at the same time.
            uploads.lockLearner(before.userId());
            var files = wish.files(uploads.use(before.userId(), wish.assetIds()));
            requireSuitable(versions.get(offer.id(), offer.version()), wish.assetIds(), files);
            var next = before.filled(files, wish.comment());
            if (next == before) {
                return before;
            }
            Etags.require(wish.etag(), before.version());
            submissions.update(next);
            uploads.release(before.userId(), before.filesNotIn(next), Times.now(clock));
            return next;
        });
    }

    private static void requireSuitable(
            FileAssignmentVersion assignment, List<UUID> assetIds, List<Submission.File> files) {
        var broken = new ArrayList<BadRequest.FieldViolation>();
        var first = "";
        for (int index = 0; index < assetIds.size(); index++) {
            var assetId = assetIds.get(index);
            var why = index >= assignment.maxFiles()
                    ? "no more than %d files are taken".formatted(assignment.maxFiles())
                    : files.stream()
                            .filter(file -> file.assetId().equals(assetId))
                            .findFirst()
                            .map(assignment::validate)
                            .orElse("you have no such file, or its upload is not complete");
            if (!why.isEmpty()) {
                first = first.isEmpty() ? assetId.toString() : first;
                broken.add(Errors.violation("asset_ids[%d]".formatted(index), why));
            }
        }
        if (!broken.isEmpty()) {
            throw unsuitable(broken, Map.of("asset_id", first));
        }
    }

    /// Hands a draft in; one that was handed in stays as it is.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND, ENROLLMENT_REQUIRED, LESSON_NOT_RELEASED,
    ///     LESSON_PREREQUISITE_MISSING, NOT_OPEN, FILE_UNSUITABLE
    Submission submit(UUID id) {
        return database.transact(() -> {
            var before = own(submissions.lock(id));
            if (!before.isDraft()) {
                return before;
            }
            guard.requireEnrolled(before.courseId(), SubmissionService::notFound, CourseErrors::enrollmentRequired);
            var now = Times.now(clock);
            var assignment = openAssignment(before, now);
            if (before.files().isEmpty()) {
                throw unsuitable(List.of(Errors.violation("submission_id", "the submission has no file")), Map.of());
            }
            var next = before.submitted(assignment, now);
            submissions.update(next);
            return next;
        });
    }

    static ServiceException statusForbids(String message, Submission submission) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                message,
                Map.of("status", submission.status().name()));
    }

    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SUBMISSION_NOT_FOUND, "submission not found");
    }

    static ServiceException unsuitable(List<BadRequest.FieldViolation> broken, Map<String, String> metadata) {
        return Errors.invalid(
                ErrorReason.ERROR_REASON_FILE_UNSUITABLE, broken.getFirst().getDescription(), broken, metadata);
    }

    private static ServiceException assignmentNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, "file assignment not found");
    }

    private static ServiceException notOpen(String message, Map<String, String> times) {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_NOT_OPEN, message, times);
    }
}
