package org.aula.grades.submission;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.GivenLevel;
import org.aula.api.grades.v1.Submission;
import org.aula.api.grades.v1.SubmissionStatus;
import org.aula.api.grades.v1.SubmittedFile;
import org.aula.kernel.proto.StoredJson;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Submissions as messages. Rows keep files and levels as the contract's message, with only these, in JSON.
final class SubmissionMapper {

    private static final UUID NO_ID = new UUID(0, 0);

    private SubmissionMapper() {}

    static Submission toProto(org.aula.grades.submission.Submission submission) {
        var lesson = submission.lessonId();
        var message = Submission.newBuilder()
                .setId(submission.id().toString())
                .setFileAssignmentId(submission.fileAssignmentId().toString())
                .setAssignmentVersion(submission.assignmentVersion())
                .setCourseId(submission.courseId().toString())
                .setLessonId(lesson == null ? "" : lesson.toString())
                .setUserId(submission.userId().toString())
                .setEnrollmentId(submission.enrollmentId().toString())
                .setNumber(submission.number())
                .setStatus(status(submission.status()))
                .addAllFiles(
                        submission.files().stream().map(SubmissionMapper::file).toList())
                .setComment(submission.comment())
                .setLatePenaltyPercent(submission.latePenaltyPercent().doubleValue())
                .setRawScore(submission.rawScore().doubleValue())
                .setScore(submission.score().doubleValue())
                .setMaxScore(submission.maxScore().doubleValue())
                .setPassed(Boolean.TRUE.equals(submission.passed()))
                .addAllLevels(submission.levels().stream()
                        .map(SubmissionMapper::level)
                        .toList())
                .setFeedback(submission.feedback())
                .setCreateTime(Times.timestamp(submission.createdAt()))
                .setEtag(Long.toString(submission.version()));
        if (submission.submittedAt() != null) {
            message.setSubmitTime(Times.timestamp(submission.submittedAt()));
        }
        if (submission.gradedAt() != null) {
            message.setGradeTime(Times.timestamp(submission.gradedAt()));
        }
        return message.build();
    }

    static List<org.aula.grades.submission.Submission.Level> levels(List<GivenLevel> levels) {
        return levels.stream()
                .map(level -> new org.aula.grades.submission.Submission.Level(
                        level.getCriterionId(), level.getLevelId(), level.getComment()))
                .toList();
    }

    static List<org.aula.grades.submission.Submission.Level> levels(String json) {
        return levels(parse(json).getLevelsList());
    }

    static List<org.aula.grades.submission.Submission.File> files(String json) {
        return parse(json).getFilesList().stream()
                .map(file -> new org.aula.grades.submission.Submission.File(
                        UUID.fromString(file.getAssetId()),
                        file.getFileName(),
                        file.getMediaType(),
                        file.getSizeBytes()))
                .toList();
    }

    static String filesJson(org.aula.grades.submission.Submission submission) {
        return StoredJson.write(Submission.newBuilder()
                .addAllFiles(
                        submission.files().stream().map(SubmissionMapper::file).toList()));
    }

    static String levelsJson(org.aula.grades.submission.Submission submission) {
        return StoredJson.write(Submission.newBuilder()
                .addAllLevels(submission.levels().stream()
                        .map(SubmissionMapper::level)
                        .toList()));
    }

    /// A file that is to be uploaded. It has no id yet, which nobody asks for.
    static org.aula.grades.submission.Submission.File announced(CreateSubmissionUploadRequest request) {
        return new org.aula.grades.submission.Submission.File(
                NO_ID, request.getFileName(), request.getMediaType(), request.getSizeBytes());
    }

    static BigDecimal points(double points) {
        return BigDecimal.valueOf(points).setScale(2, RoundingMode.HALF_UP);
    }

    /// The status that a filter names; null for any.
    static org.aula.grades.submission.Submission.@Nullable Status filter(SubmissionStatus status) {
        return switch (status) {
            case SUBMISSION_STATUS_DRAFT -> org.aula.grades.submission.Submission.Status.DRAFT;
            case SUBMISSION_STATUS_SUBMITTED -> org.aula.grades.submission.Submission.Status.SUBMITTED;
            case SUBMISSION_STATUS_GRADED -> org.aula.grades.submission.Submission.Status.GRADED;
            case SUBMISSION_STATUS_RETURNED -> org.aula.grades.submission.Submission.Status.RETURNED;
            case SUBMISSION_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static SubmissionStatus status(org.aula.grades.submission.Submission.Status status) {
        return switch (status) {
            case DRAFT -> SubmissionStatus.SUBMISSION_STATUS_DRAFT;
            case SUBMITTED -> SubmissionStatus.SUBMISSION_STATUS_SUBMITTED;
            case GRADED -> SubmissionStatus.SUBMISSION_STATUS_GRADED;
            case RETURNED -> SubmissionStatus.SUBMISSION_STATUS_RETURNED;
        };
    }

    static SubmittedFile file(org.aula.grades.submission.Submission.File file) {
        return SubmittedFile.newBuilder()
                .setAssetId(file.assetId().toString())
                .setFileName(file.fileName())
                .setMediaType(file.mediaType())
                .setSizeBytes(file.sizeBytes())
                .build();
    }

    private static GivenLevel level(org.aula.grades.submission.Submission.Level level) {
        return GivenLevel.newBuilder()
                .setCriterionId(level.criterionId())
                .setLevelId(level.levelId())
                .setComment(level.comment())
                .build();
    }

    private static Submission parse(String json) {
        return StoredJson.read(json, Submission.newBuilder()).build();
    }
}
