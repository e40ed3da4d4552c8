package org.aula.bff.lessons;

import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.ExerciseKind;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.InteractiveBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.bff.engine.Input;

/// Pages of lessons as editors send them.
final class BlockInputs {

    private BlockInputs() {}

    static LessonPage page(Input input) {
        return LessonPage.newBuilder()
                .setId(input.text("id"))
                .setTitle(input.text("title"))
                .addAllBlocks(input.children("blocks").stream()
                        .map(BlockInputs::block)
                        .toList())
                .build();
    }

    private static ContentBlock block(Input input) {
        var block = ContentBlock.newBuilder();
        var html = input.child("html");
        var video = input.child("video");
        var media = input.child("media");
        var embed = input.child("embed");
        var resource = input.child("resource");
        var exercise = input.child("exercise");
        var interactive = input.child("interactive");
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
        } else if (resource != null) {
            block.setResource(resource(resource));
        } else if (exercise != null) {
            block.setExercise(exercise(exercise));
        } else if (interactive != null) {
            block.setInteractive(interactive(interactive));
        }
        return block.build();
    }

    private static VideoBlock video(Input input) {
        input.atMostOne("youtubeId", "url", "assetId");
        var video = VideoBlock.newBuilder().setTitle(input.text("title"));
        if (input.hasValue("youtubeId")) {
            video.setYoutubeId(input.text("youtubeId"));
        }
        if (input.hasValue("url")) {
            video.setUrl(input.text("url"));
        }
        if (input.hasValue("assetId")) {
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

    private static ResourceBlock resource(Input input) {
        input.atMostOne("url", "assetId");
        var resource = ResourceBlock.newBuilder().setTitle(input.text("title"));
        if (input.hasValue("url")) {
            resource.setUrl(input.text("url"));
        }
        if (input.hasValue("assetId")) {
            resource.setAssetId(input.id("assetId", "Asset"));
        }
        return resource.build();
    }

    private static ExerciseBlock exercise(Input input) {
        return ExerciseBlock.newBuilder()
                .setPrompt(input.text("prompt"))
                .setKind(input.choice("kind", ExerciseKind.class))
                .setSolution(input.text("solution"))
                .build();
    }

    private static InteractiveBlock interactive(Input input) {
        return InteractiveBlock.newBuilder()
                .setKind(input.text("kind"))
                .setTitle(input.text("title"))
                .setJson(input.text("json"))
                .build();
    }
}
