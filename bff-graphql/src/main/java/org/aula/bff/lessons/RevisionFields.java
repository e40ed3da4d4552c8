package org.aula.bff.lessons;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonRevision;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.RollBackLessonContentRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// The states of a lesson's content: which there were, how they differ, and which one learners see.
final class RevisionFields {

    private RevisionFields() {}

    static void addTo(Wiring wiring) {
        wiring.type("Lesson", Lesson.class)
                .page("revisions", LessonServiceGrpc.getListLessonRevisionsMethod(), "lesson_id", Lesson::getId)
                .fetch("revision", (lesson, environment) -> one(lesson.getId(), environment))
                .find("comparison", LessonServiceGrpc.getCompareLessonRevisionsMethod(), "lesson_id", Lesson::getId);
        wiring.node("LessonRevision", RevisionFields::byId);
        wiring.ofPayload(
                "PublishLessonContentPayload",
                "lesson",
                PublishLessonContentRequest.class,
                (request, environment) -> LessonFields.lesson(request.getLessonId(), environment));
        wiring.ofPayload(
                "RollBackLessonContentPayload",
                "lesson",
                RollBackLessonContentRequest.class,
                (request, environment) -> LessonFields.lesson(request.getLessonId(), environment));
        wiring.type("LessonRevision", LessonRevision.class)
                .id(LessonRevision::getLessonId, revision -> Integer.toString(revision.getRevision()))
                .value("number", LessonRevision::getRevision)
                .load("author", Loader.USER_SUMMARIES, LessonRevision::getAuthorId)
                .fetch(
                        "content",
                        (revision, environment) -> load(revision.getLessonId(), revision.getRevision(), environment)
                                .thenApply(GetLessonRevisionResponse::getContent));
        wiring.type("LessonComparison", CompareLessonRevisionsResponse.class);
    }

    private static CompletableFuture<@Nullable LessonRevision> byId(GlobalId id, DataFetchingEnvironment environment) {
        var parts = id.parts(2);
        return Wiring.orNull(load(parts.getFirst(), Integer.parseInt(parts.getLast()), environment)
                .thenApply(GetLessonRevisionResponse::getRevision));
    }

    private static CompletableFuture<@Nullable LessonRevision> one(
            String lessonId, DataFetchingEnvironment environment) {
        return Wiring.orNull(load(lessonId, Wiring.<Integer>required(environment, "number"), environment)
                .thenApply(GetLessonRevisionResponse::getRevision));
    }

    /// A revision and its pages come together, so that asking for both takes one call.
    private static CompletableFuture<GetLessonRevisionResponse> load(
            String lessonId, int number, DataFetchingEnvironment environment) {
        return Loader.LESSON_REVISIONS.load(
                environment,
                GetLessonRevisionRequest.newBuilder()
                        .setLessonId(lessonId)
                        .setRevision(number)
                        .build());
    }
}
