package org.aula.bff.lessons;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.BlockDifference;
import org.aula.api.courses.v1.CompareLessonRevisionsRequest;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonRevision;
import org.aula.api.courses.v1.ListLessonRevisionsRequest;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.RollBackLessonContentRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// The states of a lesson's content: which there were, how they differ, and which one learners see.
final class RevisionFields {

    private RevisionFields() {}

    static void addTo(Wiring wiring) {
        wiring.type("Lesson", Lesson.class)
                .fetch("revisions", (lesson, environment) -> list(lesson.getId(), environment))
                .fetch("revision", (lesson, environment) -> one(lesson.getId(), environment))
                .fetch("comparison", (lesson, environment) -> compare(lesson.getId(), environment));
        addRevision(wiring);
        addComparison(wiring);
        addMutations(wiring);
    }

    private static void addRevision(Wiring wiring) {
        wiring.type("LessonRevision", LessonRevision.class)
                .value("number", LessonRevision::getRevision)
                .value("published", LessonRevision::getPublished)
                .fetch(
                        "author",
                        (revision, environment) -> revision.getAuthorId().isEmpty()
                                ? null
                                : Loader.USER_SUMMARIES.load(environment, revision.getAuthorId()))
                .value("pageCount", LessonRevision::getPageCount)
                .value("createTime", revision -> Values.time(revision.getCreateTime()))
                .value("publishTime", revision -> Values.time(revision.getPublishTime()))
                .fetch(
                        "content",
                        (revision, environment) -> load(revision.getLessonId(), revision.getRevision(), environment)
                                .thenApply(GetLessonRevisionResponse::getContent));
    }

    private static void addComparison(Wiring wiring) {
        wiring.type("LessonComparison", CompareLessonRevisionsResponse.class)
                .value("differences", CompareLessonRevisionsResponse::getDifferencesList)
                .value("shortened", CompareLessonRevisionsResponse::getShortened);
        wiring.type("BlockDifference", BlockDifference.class)
                .value("pageId", BlockDifference::getPageId)
                .value("blockIndex", BlockDifference::getBlockIndex)
                .value("kind", difference -> Values.name(difference.getKind()))
                .value(
                        "before",
                        difference -> difference.hasBefore() ? LessonFields.unwrap(difference.getBefore()) : null)
                .value("after", difference -> difference.hasAfter() ? LessonFields.unwrap(difference.getAfter()) : null)
                .value("textDifference", difference -> Values.text(difference.getTextDifference()));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "publishLessonContent",
                PublishLessonContentRequest.getDefaultInstance(),
                input -> PublishLessonContentRequest.newBuilder()
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setRevision(input.number("revision"))
                        .build(),
                (request, message) -> request.lessons().publishLessonContent(message),
                answer -> Map.of("revision", answer.getRevision())));
        wiring.mutation(new Mutation<>(
                "rollBackLessonContent",
                RollBackLessonContentRequest.getDefaultInstance(),
                input -> RollBackLessonContentRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setRevision(input.number("revision"))
                        .build(),
                (request, message) -> request.lessons().rollBackLessonContent(message),
                answer -> Map.of("revision", answer.getRevision())));
    }

    private static CompletableFuture<Map<String, Object>> list(String lessonId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListLessonRevisionsRequest.newBuilder()
                .setLessonId(lessonId)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.lessons().listLessonRevisions(list))
                .thenApply(page -> Connections.of(
                        page.getRevisionsList(), page.getItemTokensList(), page.getNextPageToken(), after));
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

    private static CompletableFuture<@Nullable CompareLessonRevisionsResponse> compare(
            String lessonId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.lessons()
                .compareLessonRevisions(CompareLessonRevisionsRequest.newBuilder()
                        .setLessonId(lessonId)
                        .setFromRevision(Wiring.<Integer>required(environment, "from"))
                        .setToRevision(Wiring.<Integer>required(environment, "to"))
                        .build())));
    }
}
