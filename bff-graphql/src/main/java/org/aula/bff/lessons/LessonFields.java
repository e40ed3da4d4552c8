package org.aula.bff.lessons;

import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.GetLessonResponse;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.InteractiveBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.EnrollmentFields;
import org.jspecify.annotations.Nullable;

/// Lessons and their content. All assets of a content are joined on the level of its blocks, so that they
/// come by one call.
public final class LessonFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addLesson(wiring);
        addContent(wiring);
        addBlocks(wiring);
        LessonMutations.addTo(wiring);
        LessonOutlineMutations.addTo(wiring);
        RevisionFields.addTo(wiring);
    }

    private static void addLesson(Wiring wiring) {
        wiring.type("Lesson", Lesson.class)
                .value("id", lesson -> GlobalId.of("Lesson", lesson.getId()))
                .fetch("course", (lesson, environment) -> Loader.COURSES.load(environment, lesson.getCourseId()))
                .value("title", Lesson::getTitle)
                .value("type", lesson -> Values.name(lesson.getType()))
                .value("sortOrder", Lesson::getSortOrder)
                .value("duration", lesson -> Values.spanOrNull(lesson.getDuration()))
                .value("preview", Lesson::getPreview)
                .value("mandatory", Lesson::getMandatory)
                .value("updateTime", lesson -> Values.time(lesson.getUpdateTime()))
                .value("externalUrl", lesson -> Values.text(lesson.getExternalUrl()))
                .value("liveTime", lesson -> Values.time(lesson.getLiveTime()))
                .value("releaseTime", lesson -> Values.time(lesson.getReleaseTime()))
                .value(
                        "prerequisiteLessonIds",
                        lesson -> lesson.getPrerequisiteLessonIdsList().stream()
                                .map(id -> GlobalId.of("Lesson", id))
                                .toList())
                .value("etag", Lesson::getEtag)
                .fetch(
                        "content",
                        (lesson, environment) -> Loader.LESSON_CONTENTS.load(
                                environment,
                                GetLessonContentRequest.newBuilder()
                                        .setLessonId(lesson.getId())
                                        .setPublished(Wiring.<Boolean>required(environment, "published"))
                                        .setRevealSolutions(Wiring.<Boolean>required(environment, "revealSolutions"))
                                        .build()))
                .fetch(
                        "myProgress",
                        (lesson, environment) ->
                                EnrollmentFields.mine(lesson.getCourseId(), lesson.getId(), environment));
        wiring.node("Lesson", (id, environment) -> {
            var request = Wiring.request(environment);
            return Wiring.orNull(request.answer(request.lessons()
                            .getLesson(GetLessonRequest.newBuilder()
                                    .setLessonId(id)
                                    .build()))
                    .thenApply(GetLessonResponse::getLesson));
        });
    }

    private static void addContent(Wiring wiring) {
        wiring.type("LessonContent", LessonContent.class)
                .value("pages", LessonContent::getPagesList)
                .value("etag", content -> Values.text(content.getEtag()))
                .value("updateTime", content -> Values.time(content.getUpdateTime()))
                .value("revision", content -> numberOrNull(content.getRevision()))
                .value("publishedRevision", content -> numberOrNull(content.getPublishedRevision()));
        wiring.type("LessonPage", LessonPage.class)
                .value("id", LessonPage::getId)
                .value("title", LessonPage::getTitle)
                .value(
                        "blocks",
                        page -> page.getBlocksList().stream()
                                .filter(block -> block.getBlockCase() != ContentBlock.BlockCase.BLOCK_NOT_SET)
                                .map(LessonFields::unwrap)
                                .toList());
    }

    private static @Nullable Integer numberOrNull(int revision) {
        return revision == 0 ? null : revision;
    }

    private static @Nullable String assetId(String id) {
        return id.isEmpty() ? null : GlobalId.of("Asset", id);
    }

    static Object unwrap(ContentBlock block) {
        return switch (block.getBlockCase()) {
            case HTML -> block.getHtml();
            case VIDEO -> block.getVideo();
            case MEDIA -> block.getMedia();
            case EMBED -> block.getEmbed();
            case RESOURCE -> block.getResource();
            case EXERCISE -> block.getExercise();
            case INTERACTIVE -> block.getInteractive();
            case BLOCK_NOT_SET -> throw new IllegalArgumentException("a block of no kind");
        };
    }

    private static void addBlocks(Wiring wiring) {
        wiring.type("HtmlBlock", HtmlBlock.class)
                .fetch("html", BlockAssets::html)
                .value("source", HtmlBlock::getHtml);
        wiring.type("VideoBlock", VideoBlock.class)
                .value("title", VideoBlock::getTitle)
                .value("youtubeId", video -> Values.text(video.getYoutubeId()))
                .value("url", video -> Values.text(video.getUrl()))
                .value("assetId", video -> assetId(video.getAssetId()))
                .fetch("asset", (video, environment) -> BlockAssets.asset(video.getAssetId(), environment))
                .value("start", video -> Values.spanOrNull(video.getStart()))
                .value("end", video -> Values.spanOrNull(video.getEnd()))
                .fetch("transcripts", BlockAssets::transcripts);
        wiring.type("MediaBlock", MediaBlock.class)
                .value("title", MediaBlock::getTitle)
                .value("assetId", media -> assetId(media.getAssetId()))
                .fetch("asset", (media, environment) -> BlockAssets.asset(media.getAssetId(), environment));
        wiring.type("EmbedBlock", EmbedBlock.class)
                .value("title", EmbedBlock::getTitle)
                .value("url", EmbedBlock::getUrl);
        wiring.type("ResourceBlock", ResourceBlock.class)
                .value("title", ResourceBlock::getTitle)
                .value("url", resource -> Values.text(resource.getUrl()))
                .value("assetId", resource -> assetId(resource.getAssetId()))
                .fetch("asset", (resource, environment) -> BlockAssets.asset(resource.getAssetId(), environment));
        wiring.type("ExerciseBlock", ExerciseBlock.class)
                .value("kind", exercise -> Values.name(exercise.getKind()))
                .value("prompt", ExerciseBlock::getPrompt)
                .value("solution", exercise -> Values.text(exercise.getSolution()))
                .value("hasSolution", ExerciseBlock::getHasSolution);
        wiring.type("InteractiveBlock", InteractiveBlock.class)
                .value("kind", InteractiveBlock::getKind)
                .value("title", InteractiveBlock::getTitle)
                .value("json", InteractiveBlock::getJson);
    }
}
