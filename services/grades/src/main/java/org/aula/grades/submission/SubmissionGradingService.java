package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.gradebook.Item;
import org.aula.grades.gradebook.Scores;
import org.aula.grades.submission.Submission.Level;
import org.aula.grades.submission.Submission.Status;
import org.aula.grades.submission.Submission.Verdict;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What those who grade do with submissions, each in a transaction with its entry in the audit log.
@Singleton
final class SubmissionGradingService {

    private final SubmissionRepository submissions;
    private final FileAssignmentVersionRepository versions;
    private final CourseGuard guard;
    private final Scores scores;
    private final Outbox outbox;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    SubmissionGradingService(
            SubmissionRepository submissions,
            FileAssignmentVersionRepository versions,
            CourseGuard guard,
            Scores scores,
            Outbox outbox,
            Database database,
            Audit audit,
            Clock clock) {
        this.submissions = submissions;
        this.versions = versions;
        this.guard = guard;
        this.scores = scores;
        this.outbox = outbox;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// What somebody gives.
    ///
    /// @param points for work without a rubric
    /// @param levels for work with one
    record Given(BigDecimal points, List<Level> levels, String feedback) {}

    /// @throws ServiceException SUBMISSION_NOT_FOUND, STATUS_FORBIDS, POINTS_OUT_OF_RANGE,
    ///     RUBRIC_MISMATCH, ETAG_MISMATCH
    Submission grade(UUID id, String etag, Given given, UUID grader) {
        return database.transact(() -> {
            var before = lock(id);
            if (before.status() != Status.SUBMITTED && before.status() != Status.GRADED) {
                throw SubmissionService.statusForbids("this does not wait for a grade", before);
            }
            var assignment = versions.get(before.fileAssignmentId(), before.assignmentVersion());
            var points = points(assignment, given);
            var now = Times.now(clock);
            var next = before.graded(assignment, new Verdict(points, given.levels(), given.feedback(), grader, now));
            Etags.require(etag, before.version());
            submissions.update(next);
            outbox.append(SubmissionEvents.graded(next));
            scores.fileGraded(item(assignment), next.userId(), now);
            return recorded(before, next);
        });
    }

    private static Item item(FileAssignmentVersion assignment) {
        return new Item(
                assignment.id(),
                assignment.courseId(),
                Item.Kind.FILE_ASSIGNMENT,
                assignment.title(),
                assignment.points(),
                assignment.version());
    }

    private static BigDecimal points(FileAssignmentVersion assignment, Given given) {
        if (!assignment.rubric().isEmpty()) {
            return assignment
                    .pointsOf(given.levels())
                    .orElseThrow(() -> mismatch("levels", "one level of each criterion of the rubric is needed"));
        }
        if (!given.levels().isEmpty()) {
            throw mismatch("levels", "the assignment has no rubric");
        }
        if (given.points().compareTo(BigDecimal.valueOf(assignment.points())) > 0) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_POINTS_OUT_OF_RANGE,
                    "there are no more than %d points".formatted(assignment.points()),
                    List.of(Errors.violation("points", "more than the assignment has")),
                    Map.of("max_points", Integer.toString(assignment.points())));
        }
        return given.points();
    }

    /// @throws ServiceException SUBMISSION_NOT_FOUND, STATUS_FORBIDS, ETAG_MISMATCH
    Submission giveBack(UUID id, String etag, String why, UUID grader) {
        return database.transact(() -> {
            var before = lock(id);
            if (before.status() != Status.SUBMITTED) {
                throw SubmissionService.statusForbids("only what waits for a grade can be returned", before);
            }
            Etags.require(etag, before.version());
            var next = before.returned(why, grader, Times.now(clock));
            submissions.update(next);
            return recorded(before, next);
        });
    }

    private Submission recorded(Submission before, Submission after) {
        audit.record("submission", after.id(), new Change<>(before, after), SubmissionMapper::toProto);
        return after;
    }

    private Submission lock(UUID id) {
        var submission =
                submissions.lock(id).filter(found -> !found.isDraft()).orElseThrow(SubmissionService::notFound);
        guard.requireTeacherElseHide(submission.courseId(), SubmissionService::notFound);
        return submission;
    }

    private static ServiceException mismatch(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_RUBRIC_MISMATCH, field, message);
    }
}
