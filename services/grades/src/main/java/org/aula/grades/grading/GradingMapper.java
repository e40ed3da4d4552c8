package org.aula.grades.grading;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.ScoreChange;
import org.aula.api.grades.v1.ScoreChangeKind;
import org.aula.grades.attempt.AnswerMapper;
import org.aula.grades.attempt.AttemptMapper;
import org.aula.grades.grading.GradingService.Pending;
import org.aula.kernel.time.Times;

/// Grading as messages.
final class GradingMapper {

    private GradingMapper() {}

    static PendingResponse toProto(Pending pending) {
        var row = pending.row();
        var response = row.response();
        var written = AttemptMapper.written(pending.question());
        var message = PendingResponse.newBuilder()
                .setResponseId(response.id().toString())
                .setAttemptId(response.attemptId().toString())
                .setQuizId(row.quizId().toString())
                .setQuestionId(response.questionId().toString())
                .setUserId(row.userId().toString())
                .setMaxPoints(response.maxPoints().doubleValue())
                .setQuestionText(written.getText())
                .setForm(written.getForm())
                .setSubmitTime(Times.timestamp(row.submittedAt()));
        if (response.answer() != null) {
            message.setAnswer(AnswerMapper.toProto(response.questionId(), response.answer()));
        }
        if (response.claimedBy() != null && response.claimedUntil() != null) {
            message.setClaimedBy(response.claimedBy().toString())
                    .setClaimedUntil(Times.timestamp(response.claimedUntil()));
        }
        return message.build();
    }

    static ScoreChange toProto(org.aula.grades.attempt.ScoreChange change) {
        var questionId = change.questionId();
        return ScoreChange.newBuilder()
                .setId(change.id().toString())
                .setQuestionId(questionId == null ? "" : questionId.toString())
                .setKind(kind(change.kind()))
                .setActor(change.actor())
                .setFromScore(change.fromScore().doubleValue())
                .setToScore(change.toScore().doubleValue())
                .setMaxScore(change.maxScore().doubleValue())
                .setQuizVersion(change.quizVersion())
                .setChangeTime(Times.timestamp(change.changedAt()))
                .build();
    }

    private static ScoreChangeKind kind(org.aula.grades.attempt.ScoreChange.Kind kind) {
        return switch (kind) {
            case SUBMIT -> ScoreChangeKind.SCORE_CHANGE_KIND_SUBMIT;
            case HAND -> ScoreChangeKind.SCORE_CHANGE_KIND_HAND;
            case REGRADE -> ScoreChangeKind.SCORE_CHANGE_KIND_REGRADE;
        };
    }

    /// Which quiz an operation grades once more, as its input keeps it.
    static UUID quizOf(byte[] input) {
        try {
            return UUID.fromString(RegradeQuizRequest.parseFrom(input).getQuizId());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept request does not parse", broken);
        }
    }

    static BigDecimal points(double points) {
        return BigDecimal.valueOf(points).setScale(2, RoundingMode.HALF_UP);
    }
}
