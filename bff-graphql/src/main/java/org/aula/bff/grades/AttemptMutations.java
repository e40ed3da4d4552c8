package org.aula.bff.grades;

import java.util.Map;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.ChoiceAnswer;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Taking a quiz.
final class AttemptMutations {

    private AttemptMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "startAttempt",
                StartAttemptRequest.getDefaultInstance(),
                input -> StartAttemptRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .build(),
                (request, message) -> request.attempts().startAttempt(message),
                answer -> Map.of("attempt", AttemptView.withQuestions(answer.getAttempt()))));
        wiring.mutation(new Mutation<>(
                "saveAnswers",
                SaveAnswersRequest.getDefaultInstance(),
                input -> SaveAnswersRequest.newBuilder()
                        .setAttemptId(input.id("attemptId", AttemptFields.ATTEMPT))
                        .addAllAnswers(input.children("answers").stream()
                                .map(AttemptMutations::answer)
                                .toList())
                        .build(),
                (request, message) -> request.attempts().saveAnswers(message),
                answer -> Map.of("attempt", AttemptView.withoutQuestions(answer.getAttempt()))));
        wiring.mutation(new Mutation<>(
                "submitAttempt",
                SubmitAttemptRequest.getDefaultInstance(),
                input -> SubmitAttemptRequest.newBuilder()
                        .setAttemptId(input.id("attemptId", AttemptFields.ATTEMPT))
                        .addAllAnswers(input.children("answers").stream()
                                .map(AttemptMutations::answer)
                                .toList())
                        .build(),
                (request, message) -> request.attempts().submitAttempt(message),
                answer -> Map.of("attempt", AttemptView.withQuestions(answer.getAttempt()))));
    }

    private static Answer answer(Input input) {
        var answer = Answer.newBuilder().setQuestionId(input.id("questionId", "Question"));
        if (input.has("trueFalse")) {
            answer.setTrueFalse(input.flag("trueFalse"));
        }
        var choice = input.child("choice");
        if (choice != null) {
            answer.setChoice(ChoiceAnswer.newBuilder().addAllOptionIds(choice.texts("optionIds")));
        }
        if (input.has("text")) {
            answer.setText(input.text("text"));
        }
        return answer.build();
    }
}
