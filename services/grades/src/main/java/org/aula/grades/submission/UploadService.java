package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.course.CourseErrors;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Files that learners upload for drafts. Content has them in the custody of this service, so that nobody
/// else reads or deletes them; a row says whose each is.
@Singleton
final class UploadService {

    /// How many files of a learner may be there that no submission names.
    static final int MAX_UNUSED = 40;

    /// Longer than content takes to answer. While it is unavailable, learners try again and again.
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final UploadRepository uploads;
    private final SubmissionRepository submissions;
    private final SubmissionService drafts;
    private final CourseGuard guard;
    private final Database database;
    private final Clock clock;

    UploadService(
            UploadRepository uploads,
            SubmissionRepository submissions,
            SubmissionService drafts,
            CourseGuard guard,
            Database database,
            Clock clock) {
        this.uploads = uploads;
        this.submissions = submissions;
        this.drafts = drafts;
        this.guard = guard;
        this.database = database;
        this.clock = clock;
    }

    /// What a file is announced under.
    ///
    /// @param id the key of its announcement
    record Reservation(UUID id, UUID userId) {}

    /// Reserves one of a learner's forty, for a file of their draft; the same request finds the same.
    ///
    /// @param requestId which learners choose each for themselves
    /// @throws ServiceException SUBMISSION_NOT_FOUND, ENROLLMENT_REQUIRED, NOT_OPEN, STATUS_FORBIDS,
    ///     FILE_UNSUITABLE, TOO_MANY, IDEMPOTENCY_KEY_REUSED
    Reservation reserve(UUID submissionId, String requestId, Submission.File file) {
        return database.transact(() -> {
            var draft = SubmissionService.requireOwnDraft(submissions.find(submissionId));
            guard.requireEnrolled(draft.courseId(), SubmissionService::notFound, CourseErrors::enrollmentRequired);
            var now = Times.now(clock);
            requireTaken(drafts.openAssignment(draft, now), file);
            var key = draft.userId() + " " + requestId;
            var reservation =
                    new Reservation(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)), draft.userId());
            uploads.lockLearner(reservation.userId());
            if (uploads.isOfAnother(reservation.id(), submissionId)) {
                throw reused("this request announced a file for another submission; announce this by a new request");
            }
            if (!uploads.isKnown(reservation.id())) {
                if (uploads.countUnused(reservation.userId(), now.minus(ANSWER_WITHIN)) >= MAX_UNUSED) {
                    throw tooMany();
                }
                uploads.insert(reservation.id(), reservation.userId(), submissionId, now);
            }
            return reservation;
        });
    }

    private static void requireTaken(FileAssignmentVersion assignment, Submission.File file) {
        var kind = assignment.isTaken(file.fileName()) ? "" : "file_name";
        var field = file.sizeBytes() > assignment.maxFileBytes() ? "size_bytes" : kind;
        if (!field.isEmpty()) {
            throw SubmissionService.unsuitable(List.of(Errors.violation(field, assignment.validate(file))), Map.of());
        }
    }

    /// Keeps which asset a reservation is for. Content forgets keys after a day and would announce another.
    ///
    /// @throws ServiceException IDEMPOTENCY_KEY_REUSED when it has one, or was given up for being unused
    void fill(Reservation reservation, UUID assetId) {
        database.transact(() -> {
            if (uploads.setAsset(reservation.id(), assetId) == 0) {
                throw reused("the file of this request was announced long ago; announce another by a new request");
            }
        });
    }

    /// Lets a file be completed for a draft of the caller's own.
    ///
    /// @throws ServiceException SUBMISSION_NOT_FOUND, STATUS_FORBIDS, FILE_UNSUITABLE
    void requireOwn(UUID submissionId, UUID assetId) {
        database.query(() -> {
            var draft = SubmissionService.requireOwnDraft(submissions.find(submissionId));
            if (!uploads.isOf(draft.userId(), assetId)) {
                throw unsuitable(assetId, "you have announced no such file, or it was given up since");
            }
            return draft;
        });
    }

    /// The refusal for a file that was announced.
    static ServiceException unsuitable(UUID assetId, String why) {
        return SubmissionService.unsuitable(
                List.of(Errors.violation("asset_id", why)), Map.of("asset_id", assetId.toString()));
    }

    private static ServiceException reused(String why) {
        return Errors.invalid(
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED, "request_id", why);
    }

    private static ServiceException tooMany() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_MANY,
                "too many of your files are in no submission; name them, or wait until they are given up",
                Map.of("limit", Integer.toString(MAX_UNUSED)));
    }
}
