package org.aula.bff.lessons;

import java.util.Map;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Writing lessons.
final class LessonMutations {

    private LessonMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createLesson",
                CreateLessonRequest.getDefaultInstance(),
                LessonMutations::create,
                (request, message) -> request.lessons().createLesson(message),
                answer -> Map.of("lesson", answer.getLesson())));
        wiring.mutation(new Mutation<>(
                "updateLessonContent",
                UpdateLessonContentRequest.getDefaultInstance(),
                input -> UpdateLessonContentRequest.newBuilder()
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setEtag(input.text("etag"))
                        .addAllPages(input.children("pages").stream()
                                .map(LessonMutations::page)
                                .toList())
                        .build(),
                (request, message) -> request.lessons().updateLessonContent(message),
                answer -> Map.of("content", answer.getContent())));
    }

    private static CreateLessonRequest create(Input input) {
        var request = CreateLessonRequest.newBuilder()
                .setRequestId(input.requestId())
                .setSectionId(input.id("sectionId", "Section"))
                .setTitle(input.text("title"))
                .setType(input.choice("type", LessonType.class))
                .setPreview(input.flag("preview"))
                .setOptional(input.flag("optional"));
        var duration = input.span("duration");
        if (duration != null) {
            request.setDuration(duration);
        }
        return request.build();
    }

    private static LessonPage page(Input input) {
        return LessonPage.newBuilder()
                .setId(input.text("id"))
                .setTitle(input.text("title"))
                .addAllBlocks(input.children("blocks").stream()
                        .map(LessonMutations::block)
                        .toList())
                .build();
    }

    private static ContentBlock block(Input input) {
        var block = ContentBlock.newBuilder();
        var html = input.child("html");
        var video = input.child("video");
        var media = input.child("media");
        var embed = input.child("embed");
        if (html != null) {
            block.setHtml(HtmlBlock.newBuilder()
                    .setHtml(html.text("html"))
                    .addAllAssetIds(BlockAssets.named(html.text("html"))));
        } else if (video != null) {
            block.setVideo(video(video));
        } else if (media != null) {
            block.setMedia(
                    MediaBlock.newBuilder().setTitle(media.text("title")).setAssetId(media.id("assetId", "Asset")));
        } else if (embed != null) {
            block.setEmbed(EmbedBlock.newBuilder().setTitle(embed.text("title")).setUrl(embed.text("url")));
        }
        return block.build();
    }

    private static VideoBlock video(Input input) {
        var video = VideoBlock.newBuilder().setTitle(input.text("title"));
        if (input.has("youtubeId")) {
            video.setYoutubeId(input.text("youtubeId"));
        }
        if (input.has("url")) {
            video.setUrl(input.text("url"));
        }
        if (input.has("assetId")) {
            video.setAssetId(input.id("assetId", "Asset"));
        }
        var start = input.span("start");
        if (start != null) {
            video.setStart(start);
        }
        var end = input.span("end");
        if (end != null) {
            video.setEnd(end);
        }
        input.children("transcripts")
                .forEach(transcript -> video.putTranscriptAssetIds(
                        transcript.text("languageCode"), transcript.id("assetId", "Asset")));
        return video.build();
    }
}
