package org.aula.bff.lessons;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.GetLessonResponse;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Lessons and their content. All assets of a content are joined on the level of its blocks, so that they
/// come by one call.
public final class LessonFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addLesson(wiring);
        addBlocks(wiring);
        RevisionFields.addTo(wiring);
        wiring.mutation("updateLessonContent", LessonServiceGrpc.getUpdateLessonContentMethod())
                .edit(LessonFields::withAssetIds);
        wiring.ofPayload(
                "UpdateLessonContentPayload",
                "lesson",
                UpdateLessonContentRequest.class,
                (request, environment) -> lesson(request.getLessonId(), environment));
    }

    /// A lesson by its id.
    public static CompletableFuture<Lesson> lesson(String id, DataFetchingEnvironment environment) {
        return Wiring.request(environment)
                .call(
                        LessonServiceGrpc.getGetLessonMethod(),
                        GetLessonRequest.newBuilder().setLessonId(id).build())
                .thenApply(GetLessonResponse::getLesson);
    }

    private static void addLesson(Wiring wiring) {
        wiring.type("Lesson", Lesson.class)
                .load("course", Loader.COURSES, Lesson::getCourseId)
                .fetch(
                        "content",
                        (lesson, environment) -> Loader.LESSON_CONTENTS.load(
                                environment,
                                GetLessonContentRequest.newBuilder()
                                        .setLessonId(lesson.getId())
                                        .setPublished(Wiring.<Boolean>required(environment, "published"))
                                        .setRevealSolutions(Wiring.<Boolean>required(environment, "revealSolutions"))
                                        .build()));
        wiring.node("Lesson", LessonServiceGrpc.getGetLessonMethod(), "lesson_id");
    }

    private static void addBlocks(Wiring wiring) {
        wiring.show(ContentBlock.class, LessonFields::block);
        wiring.type("HtmlBlock", HtmlBlock.class)
                .fetch("html", BlockAssets::html)
                .value("source", HtmlBlock::getHtml);
        wiring.type("VideoBlock", VideoBlock.class)
                .fetch("asset", (video, environment) -> BlockAssets.asset(video.getAssetId(), environment))
                .fetch("transcripts", BlockAssets::transcripts);
        wiring.type("ExerciseBlock", ExerciseBlock.class)
                .value("exerciseKind", exercise -> Values.enumName(exercise.getKind()));
        wiring.type("MediaBlock", MediaBlock.class)
                .fetch("asset", (media, environment) -> BlockAssets.asset(media.getAssetId(), environment));
        wiring.type("ResourceBlock", ResourceBlock.class)
                .fetch("asset", (resource, environment) -> BlockAssets.asset(resource.getAssetId(), environment));
    }

    /// The block itself; null for kinds newer than this build.
    private static @Nullable Object block(ContentBlock block) {
        return switch (block.getBlockCase()) {
            case HTML -> block.getHtml();
            case VIDEO -> block.getVideo();
            case MEDIA -> block.getMedia();
            case EMBED -> block.getEmbed();
            case RESOURCE -> block.getResource();
            case EXERCISE -> block.getExercise();
            case INTERACTIVE -> block.getInteractive();
            case BLOCK_NOT_SET -> null;
        };
    }

    /// The assets of HTML are those that it names.
    private static UpdateLessonContentRequest withAssetIds(UpdateLessonContentRequest request) {
        var change = request.toBuilder();
        change.getPagesBuilderList().stream()
                .flatMap(page -> page.getBlocksBuilderList().stream())
                .filter(ContentBlock.Builder::hasHtml)
                .map(ContentBlock.Builder::getHtmlBuilder)
                .forEach(html -> html.addAllAssetIds(BlockAssets.named(html.getHtml())));
        return change.build();
    }
}
