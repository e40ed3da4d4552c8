package org.aula.grades.attempt;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.ChoiceAnswer;
import org.aula.grades.attempt.Response.Given;

/// Answers as the contract and the database have them: rows keep the contract's message as JSON.
public final class AnswerMapper {

    private AnswerMapper() {}

    static List<Given> fromProto(List<Answer> answers) {
        var given = new ArrayList<Given>();
        for (var answer : answers) {
            given.add(new Given(
                    UUID.fromString(answer.getQuestionId()), answer(answer), "answers[%d]".formatted(given.size())));
        }
        return given;
    }

    /// As learners and graders read it.
    public static Answer toProto(UUID questionId, org.aula.grades.quiz.Answer answer) {
        var message = Answer.newBuilder().setQuestionId(questionId.toString());
        return switch (answer) {
            case org.aula.grades.quiz.Answer.TrueFalse given ->
                message.setTrueFalse(given.value()).build();
            case org.aula.grades.quiz.Answer.Choice given ->
                message.setChoice(ChoiceAnswer.newBuilder().addAllOptionIds(given.options()))
                        .build();
            case org.aula.grades.quiz.Answer.Text given ->
                message.setText(given.text()).build();
        };
    }

    static String toJson(UUID questionId, org.aula.grades.quiz.Answer answer) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(toProto(questionId, answer));
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static org.aula.grades.quiz.Answer fromJson(String json) {
        var message = Answer.newBuilder();
        try {
            JsonFormat.parser().merge(json, message);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept answer does not parse", broken);
        }
        return answer(message.build());
    }

    private static org.aula.grades.quiz.Answer answer(Answer message) {
        return switch (message.getAnswerCase()) {
            case TRUE_FALSE -> new org.aula.grades.quiz.Answer.TrueFalse(message.getTrueFalse());
            case CHOICE ->
                new org.aula.grades.quiz.Answer.Choice(
                        List.copyOf(message.getChoice().getOptionIdsList()));
            // PostgreSQL has no place for the letter 0.
            case TEXT -> new org.aula.grades.quiz.Answer.Text(message.getText().replace("\0", ""));
            case ANSWER_NOT_SET -> throw new IllegalStateException("an answer is empty");
        };
    }
}
