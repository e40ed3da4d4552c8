package org.aula.grades.submission;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Work of a learner for a file assignment.
///
/// ```text
/// DRAFT ── handed in ──▶ SUBMITTED ──▶ GRADED ◀─▶ (graded again)
///                            └───────▶ RETURNED
/// ```
///
/// After GRADED and RETURNED the learner may begin the next one.
///
/// @param assignmentVersion by which it is graded
/// @param passed null until it is graded
@MappedEntity("assignment_submissions")
public record Submission(
        UUID id,
        UUID fileAssignmentId,
        int assignmentVersion,
        UUID courseId,
        @Nullable UUID lessonId,
        UUID userId,
        UUID enrollmentId,
        int number,
        Status status,
        List<File> files,
        String comment,
        BigDecimal latePenaltyPercent,
        BigDecimal rawScore,
        BigDecimal score,
        BigDecimal maxScore,
        @Nullable Boolean passed,
        List<Level> levels,
        String feedback,
        Instant createdAt,
        @Nullable Instant submittedAt,
        @Nullable Instant gradedAt,
        @Nullable UUID gradedBy,
        long version) {

    private static final BigDecimal NOTHING = new BigDecimal("0.00");

    /// As in the contract, without prefix.
    public enum Status {
        DRAFT,
        SUBMITTED,
        GRADED,
        RETURNED
    }

    /// A file that is handed in.
    public record File(UUID assetId, String fileName, String mediaType, long sizeBytes) {}

    /// A level that was given for a criterion.
    public record Level(String criterionId, String levelId, String comment) {}

    static Submission begun(
            UUID id, FileAssignmentVersion assignment, UUID userId, UUID enrollmentId, int number, Instant now) {
        return new Submission(
                id,
                assignment.id(),
                assignment.version(),
                assignment.courseId(),
                assignment.lessonId(),
                userId,
                enrollmentId,
                number,
                Status.DRAFT,
                List.of(),
                "",
                NOTHING,
                NOTHING,
                NOTHING,
                BigDecimal.valueOf(assignment.points()).setScale(2),
                null,
                List.of(),
                "",
                now,
                null,
                null,
                null,
                1);
    }

    Submission filled(List<File> newFiles, String newComment) {
        return newFiles.equals(files) && newComment.equals(comment)
                ? this
                : new Submission(
                        id,
                        fileAssignmentId,
                        assignmentVersion,
                        courseId,
                        lessonId,
                        userId,
                        enrollmentId,
                        number,
                        status,
                        newFiles,
                        newComment,
                        latePenaltyPercent,
                        rawScore,
                        score,
                        maxScore,
                        passed,
                        levels,
                        feedback,
                        createdAt,
                        submittedAt,
                        gradedAt,
                        gradedBy,
                        version + 1);
    }

    /// The assets of files that a later state of it has no more.
    List<UUID> filesNotIn(Submission next) {
        return files.stream()
                .filter(file -> !next.files.contains(file))
                .map(File::assetId)
                .toList();
    }

    /// Handed in for a version of the assignment, by which it is graded from now on.
    Submission submitted(FileAssignmentVersion assignment, Instant now) {
        return new Submission(
                id,
                fileAssignmentId,
                assignment.version(),
                courseId,
                lessonId,
                userId,
                enrollmentId,
                number,
                Status.SUBMITTED,
                files,
                comment,
                assignment.penaltyAt(now),
                rawScore,
                score,
                BigDecimal.valueOf(assignment.points()).setScale(2),
                null,
                levels,
                feedback,
                createdAt,
                now,
                null,
                null,
                version + 1);
    }

    /// What a grader gives.
    record Verdict(BigDecimal rawScore, List<Level> levels, String feedback, UUID grader, Instant now) {}

    Submission graded(FileAssignmentVersion assignment, Verdict verdict) {
        var left = FileAssignmentVersion.after(verdict.rawScore(), latePenaltyPercent);
        return decided(Status.GRADED, left, assignment.isPassed(left), verdict);
    }

    Submission returned(String why, UUID grader, Instant now) {
        return decided(Status.RETURNED, NOTHING, null, new Verdict(NOTHING, List.of(), why, grader, now));
    }

    private Submission decided(Status next, BigDecimal newScore, @Nullable Boolean newPassed, Verdict verdict) {
        return new Submission(
                id,
                fileAssignmentId,
                assignmentVersion,
                courseId,
                lessonId,
                userId,
                enrollmentId,
                number,
                next,
                files,
                comment,
                latePenaltyPercent,
                verdict.rawScore(),
                newScore,
                maxScore,
                newPassed,
                verdict.levels(),
                verdict.feedback(),
                createdAt,
                submittedAt,
                verdict.now(),
                verdict.grader(),
                version + 1);
    }

    boolean isDraft() {
        return status == Status.DRAFT;
    }
}
