package org.aula.courses.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.InteractiveBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.ExerciseKind;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.ResourceSource;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;

/// Lesson contents to and from messages. HTML is sanitised on its way in.
public final class LessonContentMapper {

    private LessonContentMapper() {}

    /// @throws ServiceException INVALID_ARGUMENT with JSON_INVALID, which names the field
    public static List<Page> fromProto(List<LessonPage> pages) {
        var read = new ArrayList<Page>();
        for (var page : pages) {
            var field = "pages[" + read.size() + "].blocks[";
            var blocks = new ArrayList<Block>();
            for (var block : page.getBlocksList()) {
                blocks.add(block(block, field + blocks.size() + "]."));
            }
            read.add(new Page(page.getId(), page.getTitle(), blocks));
        }
        return read;
    }

    /// Pages as messages.
    public static List<LessonPage> toProto(List<Page> pages) {
        return pages.stream().map(LessonContentMapper::toProto).toList();
    }

    static org.aula.api.courses.v1.LessonContent toProto(LessonContent content) {
        var message = org.aula.api.courses.v1.LessonContent.newBuilder()
                .setLessonId(content.lessonId().toString())
                .addAllPages(toProto(content.pages()))
                .setEtag(content.revision() == 0 ? "" : Integer.toString(content.revision()))
                .setRevision(content.revision())
                .setPublishedRevision(content.publishedRevision());
        var updatedAt = content.updatedAt();
        if (updatedAt != null) {
            message.setUpdateTime(Times.timestamp(updatedAt));
        }
        return message.build();
    }

    private static Block block(ContentBlock block, String field) {
        return switch (block.getBlockCase()) {
            case HTML -> Block.Html.sanitised(block.getHtml().getHtml());
            case VIDEO -> video(block.getVideo());
            case MEDIA ->
                new Block.Media(
                        block.getMedia().getTitle(),
                        UUID.fromString(block.getMedia().getAssetId()));
            case EMBED ->
                new Block.Embed(block.getEmbed().getTitle(), block.getEmbed().getUrl());
            case RESOURCE -> resource(block.getResource());
            case EXERCISE ->
                Block.Exercise.sanitised(
                        kind(block.getExercise().getKind()),
                        block.getExercise().getPrompt(),
                        block.getExercise().getSolution());
            case INTERACTIVE -> interactive(block.getInteractive(), field + "interactive.json");
            case BLOCK_NOT_SET -> throw missing("block");
        };
    }

    private static Block.Resource resource(ResourceBlock resource) {
        return new Block.Resource(
                resource.getTitle(),
                switch (resource.getSourceCase()) {
                    case URL -> new ResourceSource.Address(resource.getUrl());
                    case ASSET_ID -> new ResourceSource.Asset(UUID.fromString(resource.getAssetId()));
                    case SOURCE_NOT_SET -> throw missing("source");
                });
    }

    private static ExerciseKind kind(org.aula.api.courses.v1.ExerciseKind kind) {
        return switch (kind) {
            case EXERCISE_KIND_UNSPECIFIED, EXERCISE_KIND_QUESTION, UNRECOGNIZED -> ExerciseKind.QUESTION;
            case EXERCISE_KIND_CODE -> ExerciseKind.CODE;
            case EXERCISE_KIND_PRACTICE -> ExerciseKind.PRACTICE;
        };
    }

    private static Block.Interactive interactive(InteractiveBlock block, String field) {
        if (!JsonObjects.isOne(block.getJson())) {
            throw Errors.invalid(
                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_JSON_INVALID, field, "must be one JSON object");
        }
        return new Block.Interactive(block.getKind(), block.getTitle(), block.getJson());
    }

    private static Block.Video video(VideoBlock video) {
        var transcripts = new HashMap<String, UUID>();
        video.getTranscriptAssetIdsMap().forEach((language, id) -> transcripts.put(language, UUID.fromString(id)));
        return new Block.Video(
                video.getTitle(),
                source(video),
                video.hasStart() ? millis(video.getStart()) : null,
                video.hasEnd() ? millis(video.getEnd()) : null,
                transcripts);
    }

    /// As exact as documents keep it.
    private static Duration millis(com.google.protobuf.Duration duration) {
        return Duration.ofMillis(Times.duration(duration).toMillis());
    }

    private static VideoSource source(VideoBlock video) {
        return switch (video.getSourceCase()) {
            case YOUTUBE_ID -> new VideoSource.YouTube(video.getYoutubeId());
            case URL -> new VideoSource.Address(video.getUrl());
            case ASSET_ID -> new VideoSource.Asset(UUID.fromString(video.getAssetId()));
            case SOURCE_NOT_SET -> throw missing("source");
        };
    }

    private static LessonPage toProto(Page page) {
        return LessonPage.newBuilder()
                .setId(page.id())
                .setTitle(page.title())
                .addAllBlocks(
                        page.blocks().stream().map(LessonContentMapper::toProto).toList())
                .build();
    }

    static ContentBlock toProto(Block block) {
        var message = ContentBlock.newBuilder();
        switch (block) {
            case Block.Html html ->
                message.setHtml(HtmlBlock.newBuilder()
                        .setHtml(html.html())
                        .addAllAssetIds(
                                html.assetIds().stream().map(UUID::toString).toList()));
            case Block.Video video -> message.setVideo(toProto(video));
            case Block.Media(String title, UUID assetId) ->
                message.setMedia(MediaBlock.newBuilder().setTitle(title).setAssetId(assetId.toString()));
            case Block.Embed(String title, String url) ->
                message.setEmbed(EmbedBlock.newBuilder().setTitle(title).setUrl(url));
            case Block.Resource resource -> message.setResource(toProto(resource));
            case Block.Exercise exercise ->
                message.setExercise(ExerciseBlock.newBuilder()
                        .setKind(org.aula.api.courses.v1.ExerciseKind.valueOf(
                                "EXERCISE_KIND_" + exercise.kind().name()))
                        .setPrompt(exercise.prompt())
                        .setSolution(exercise.solution())
                        .setHasSolution(exercise.solved()));
            case Block.Interactive(String kind, String title, String json) ->
                message.setInteractive(InteractiveBlock.newBuilder()
                        .setKind(kind)
                        .setTitle(title)
                        .setJson(json));
        }
        return message.build();
    }

    private static ResourceBlock toProto(Block.Resource resource) {
        var message = ResourceBlock.newBuilder().setTitle(resource.title());
        switch (resource.source()) {
            case ResourceSource.Address(String url) -> message.setUrl(url);
            case ResourceSource.Asset(UUID id) -> message.setAssetId(id.toString());
        }
        return message.build();
    }

    private static VideoBlock toProto(Block.Video video) {
        var message = VideoBlock.newBuilder().setTitle(video.title());
        switch (video.source()) {
            case VideoSource.YouTube(String id) -> message.setYoutubeId(id);
            case VideoSource.Address(String url) -> message.setUrl(url);
            case VideoSource.Asset(UUID id) -> message.setAssetId(id.toString());
        }
        var start = video.start();
        if (start != null) {
            message.setStart(Times.duration(start));
        }
        var end = video.end();
        if (end != null) {
            message.setEnd(Times.duration(end));
        }
        video.transcripts().forEach((language, id) -> message.putTranscriptAssetIds(language, id.toString()));
        return message.build();
    }

    /// The contract's rules let no such message through.
    private static RuntimeException missing(String field) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, "must be set");
    }
}
