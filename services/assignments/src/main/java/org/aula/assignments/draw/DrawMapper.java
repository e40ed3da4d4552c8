package org.aula.assignments.draw;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;

/// Draws to and from messages.
public final class DrawMapper {

    private DrawMapper() {}

    static Draw create(CreateDrawRequest request) {
        return new Draw(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getQuizId()),
                UUID.fromString(request.getBankId()),
                request.getCount(),
                request.getPointsEach(),
                request.getTagsList(),
                QuestionMapper.fromProto(request.getDifficulty()),
                0,
                1);
    }

    /// A draw after what the mask names was changed.
    static Draw update(Draw before, UpdateDrawRequest request) {
        var wanted = QuizDraw.newBuilder()
                .setCount(request.getCount())
                .setPointsEach(request.getPointsEach())
                .addAllTags(request.getTagsList())
                .setDifficulty(request.getDifficulty())
                .build();
        var after = Updates.merge(toProto(before), wanted, request.getUpdateMask());
        requireNotZero("count", after.getCount());
        requireNotZero("points_each", after.getPointsEach());
        return before.changed(
                after.getCount(),
                after.getPointsEach(),
                after.getTagsList(),
                QuestionMapper.fromProto(after.getDifficulty()));
    }

    public static QuizDraw toProto(Draw draw) {
        return QuizDraw.newBuilder()
                .setId(draw.id().toString())
                .setQuizId(draw.quizId().toString())
                .setBankId(draw.bankId().toString())
                .setCount(draw.count())
                .setPointsEach(draw.pointsEach())
                .addAllTags(draw.tags())
                .setDifficulty(QuestionMapper.toProto(draw.difficulty()))
                .setSortOrder(draw.sortOrder())
                .setEtag(Long.toString(draw.version()))
                .build();
    }

    private static void requireNotZero(String field, int value) {
        if (value == 0) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, "must not be 0");
        }
    }
}
