package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.GetQuizVersionRequest;
import org.aula.api.assignments.v1.GetQuizVersionResponse;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Published versions of quizzes.
final class QuizVersions {

    private QuizVersions() {}

    static void addTo(Wiring wiring) {
        wiring.type("Quiz", QuizView.class)
                .fetch("version", (view, environment) -> version(view.quiz().getId(), environment));
        wiring.type("QuizVersion", QuizVersion.class)
                .value("version", QuizVersion::getVersion)
                .value("lessonId", version -> GlobalId.ofOrNull("Lesson", version.getLessonId()))
                .value("title", QuizVersion::getTitle)
                .value("description", QuizVersion::getDescription)
                .value("settings", QuizVersion::getSettings)
                .value("totalPoints", QuizVersion::getTotalPoints)
                .value("questionCount", QuizVersion::getQuestionCount)
                .value("items", QuizVersion::getItemsList)
                .value("publishTime", version -> Values.time(version.getPublishTime()))
                .fetch(
                        "publisher",
                        (version, environment) -> Loader.USER_SUMMARIES.load(environment, version.getPublisherId()));
        wiring.type("QuizVersionItem", QuizVersionItem.class)
                .value("question", item -> item.hasQuestion() ? item.getQuestion() : null)
                .value("draw", item -> item.hasPool() ? item.getPool().getDraw() : null)
                .value("drawnFrom", item -> item.getPool().getQuestionsList());
    }

    private static CompletableFuture<?> version(String quizId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var number = Objects.requireNonNullElse(Wiring.<Integer>argument(environment, "number"), 0);
        return Wiring.orNull(request.answer(request.quizzes()
                        .getQuizVersion(GetQuizVersionRequest.newBuilder()
                                .setQuizId(quizId)
                                .setVersion(number)
                                .build()))
                .thenApply(GetQuizVersionResponse::getVersion));
    }
}
