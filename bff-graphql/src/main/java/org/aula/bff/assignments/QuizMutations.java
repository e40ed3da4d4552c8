package org.aula.bff.assignments;

import java.util.Map;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.DeleteQuizRequest;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.ReorderQuizItemsRequest;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.assignments.v1.WithdrawQuizRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Making, changing and publishing quizzes.
final class QuizMutations {

    private QuizMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createQuiz",
                CreateQuizRequest.getDefaultInstance(),
                input -> CreateQuizRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.quizzes().createQuiz(message),
                answer -> Map.of("quiz", QuizView.of(answer.getQuiz()))));
        wiring.mutation(new Mutation<>(
                "updateQuiz",
                UpdateQuizRequest.getDefaultInstance(),
                QuizMutations::update,
                (request, message) -> request.quizzes().updateQuiz(message),
                answer -> Map.of("quiz", QuizView.of(answer.getQuiz()))));
        addStates(wiring);
    }

    private static void addStates(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "deleteQuiz",
                DeleteQuizRequest.getDefaultInstance(),
                input -> DeleteQuizRequest.newBuilder()
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.quizzes().deleteQuiz(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "publishQuiz",
                PublishQuizRequest.getDefaultInstance(),
                input -> PublishQuizRequest.newBuilder()
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.quizzes().publishQuiz(message),
                answer -> Map.of("quiz", QuizView.of(answer.getQuiz()))));
        wiring.mutation(new Mutation<>(
                "withdrawQuiz",
                WithdrawQuizRequest.getDefaultInstance(),
                input -> WithdrawQuizRequest.newBuilder()
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.quizzes().withdrawQuiz(message),
                answer -> Map.of("quiz", QuizView.of(answer.getQuiz()))));
        wiring.mutation(new Mutation<>(
                "reorderQuizItems",
                ReorderQuizItemsRequest.getDefaultInstance(),
                input -> ReorderQuizItemsRequest.newBuilder()
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .setEtag(input.text("etag"))
                        .addAllItemIds(input.ids("itemIds", "Question", "QuizDraw"))
                        .build(),
                (request, message) -> request.quizzes().reorderQuizItems(message),
                answer -> Map.of("quiz", QuizView.of(answer))));
    }

    private static UpdateQuizRequest update(Input input) {
        var request = UpdateQuizRequest.newBuilder()
                .setQuizId(input.id("quizId", QuizFields.QUIZ))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.maskWith("settings", "quizId", "etag"))
                .setTitle(input.text("title"))
                .setDescription(input.text("description"))
                .setLessonId(input.id("lessonId", "Lesson"));
        var settings = input.child("settings");
        if (settings != null) {
            request.setSettings(settings(settings));
        }
        return request.build();
    }

    private static QuizSettings settings(Input input) {
        var settings = QuizSettings.newBuilder()
                .setInstructions(input.text("instructions"))
                .setPassingPercentage(input.fraction("passingPercentage"))
                .setMaxAttempts(input.number("maxAttempts"))
                .setShuffleQuestions(input.flag("shuffleQuestions"))
                .setShuffleOptions(input.flag("shuffleOptions"))
                .setShowAnswers(input.choice("showAnswers", ShowAnswers.class))
                .setMandatory(input.flag("mandatory"));
        var timeLimit = input.span("timeLimit");
        if (timeLimit != null) {
            settings.setTimeLimit(timeLimit);
        }
        var openTime = input.time("openTime");
        if (openTime != null) {
            settings.setOpenTime(openTime);
        }
        var closeTime = input.time("closeTime");
        if (closeTime != null) {
            settings.setCloseTime(closeTime);
        }
        return settings.build();
    }
}
