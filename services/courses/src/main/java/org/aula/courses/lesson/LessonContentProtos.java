package org.aula.courses.lesson;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;

/// Lesson contents to and from messages. HTML is sanitised on its way in.
final class LessonContentProtos {

    private LessonContentProtos() {}

    static List<Page> pages(List<LessonPage> pages) {
        return pages.stream()
                .map(page -> new Page(
                        page.getId(),
                        page.getTitle(),
                        page.getBlocksList().stream()
                                .map(LessonContentProtos::block)
                                .toList()))
                .toList();
    }

    static org.aula.api.courses.v1.LessonContent message(LessonContent content) {
        var message = org.aula.api.courses.v1.LessonContent.newBuilder()
                .setLessonId(content.lessonId().toString())
                .setEtag(content.version() == 0 ? "" : Long.toString(content.version()));
        content.pages().forEach(page -> message.addPages(message(page)));
        var updatedAt = content.updatedAt();
        if (updatedAt != null) {
            message.setUpdateTime(Times.timestamp(updatedAt));
        }
        return message.build();
    }

    private static Block block(ContentBlock block) {
        return switch (block.getBlockCase()) {
            case HTML -> Block.Html.sanitised(block.getHtml().getHtml());
            case VIDEO -> video(block.getVideo());
            case MEDIA ->
                new Block.Media(
                        block.getMedia().getTitle(),
                        UUID.fromString(block.getMedia().getAssetId()));
            case EMBED ->
                new Block.Embed(block.getEmbed().getTitle(), block.getEmbed().getUrl());
            case BLOCK_NOT_SET -> throw missing("block");
        };
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

    private static LessonPage message(Page page) {
        return LessonPage.newBuilder()
                .setId(page.id())
                .setTitle(page.title())
                .addAllBlocks(
                        page.blocks().stream().map(LessonContentProtos::message).toList())
                .build();
    }

    private static ContentBlock message(Block block) {
        var message = ContentBlock.newBuilder();
        switch (block) {
            case Block.Html html ->
                message.setHtml(HtmlBlock.newBuilder()
                        .setHtml(html.html())
                        .addAllAssetIds(
                                html.assetIds().stream().map(UUID::toString).toList()));
            case Block.Video video -> message.setVideo(message(video));
            case Block.Media(String title, UUID assetId) ->
                message.setMedia(MediaBlock.newBuilder().setTitle(title).setAssetId(assetId.toString()));
            case Block.Embed(String title, String url) ->
                message.setEmbed(EmbedBlock.newBuilder().setTitle(title).setUrl(url));
        }
        return message.build();
    }

    private static VideoBlock message(Block.Video video) {
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
