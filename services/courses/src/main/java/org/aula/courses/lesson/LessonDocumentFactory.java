package org.aula.courses.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Lesson contents to and from documents:
///
/// ```
/// { _id: "<lesson id>", version: 3, updatedAt: …,
///   pages: [ { id: "intro", title: "…", blocks: [
///     { kind: "html", html: "<p>…" },
///     { kind: "video", title: "…", youTubeId | url | assetId: "…", startMillis: 0, endMillis: 9000,
///       transcripts: [ { language: "en", assetId: "…" } ] },
///     { kind: "media", title: "…", assetId: "…" },
///     { kind: "embed", title: "…", url: "https://…" } ] } ] }
/// ```
final class LessonDocumentFactory {

    private LessonDocumentFactory() {}

    static List<Document> pages(List<Page> pages) {
        return pages.stream()
                .map(page -> new Document("id", page.id())
                        .append("title", page.title())
                        .append(
                                "blocks",
                                page.blocks().stream()
                                        .map(LessonDocumentFactory::document)
                                        .toList()))
                .toList();
    }

    static LessonContent content(Document document) {
        return new LessonContent(
                UUID.fromString(document.getString("_id")),
                document.getList("pages", Document.class).stream()
                        .map(LessonDocumentFactory::page)
                        .toList(),
                document.get("version", Number.class).longValue(),
                document.getDate("updatedAt").toInstant());
    }

    private static Document document(Block block) {
        return switch (block) {
            case Block.Html(String html) -> new Document("kind", "html").append("html", html);
            case Block.Video video -> video(video);
            case Block.Media(String title, UUID assetId) ->
                new Document("kind", "media").append("title", title).append("assetId", assetId.toString());
            case Block.Embed(String title, String url) ->
                new Document("kind", "embed").append("title", title).append("url", url);
        };
    }

    private static Document video(Block.Video video) {
        var document = new Document("kind", "video").append("title", video.title());
        switch (video.source()) {
            case VideoSource.YouTube(String id) -> document.append("youTubeId", id);
            case VideoSource.Address(String url) -> document.append("url", url);
            case VideoSource.Asset(UUID id) -> document.append("assetId", id.toString());
        }
        appendMillis(document, "startMillis", video.start());
        appendMillis(document, "endMillis", video.end());
        // A list of pairs: a language code as a field's name could hold what names must not.
        var transcripts = new ArrayList<Document>();
        video.transcripts()
                .forEach((language, assetId) ->
                        transcripts.add(new Document("language", language).append("assetId", assetId.toString())));
        return document.append("transcripts", transcripts);
    }

    private static void appendMillis(Document document, String name, @Nullable Duration duration) {
        if (duration != null) {
            document.append(name, duration.toMillis());
        }
    }

    private static Page page(Document document) {
        return new Page(
                document.getString("id"),
                document.getString("title"),
                document.getList("blocks", Document.class).stream()
                        .map(LessonDocumentFactory::block)
                        .toList());
    }

    private static Block block(Document document) {
        return switch (document.getString("kind")) {
            case "html" -> new Block.Html(document.getString("html"));
            case "video" -> readVideo(document);
            case "media" -> new Block.Media(document.getString("title"), id(document, "assetId"));
            case "embed" -> new Block.Embed(document.getString("title"), document.getString("url"));
            case String unknown -> throw new IllegalStateException("a lesson's content has a block of kind " + unknown);
        };
    }

    private static Block.Video readVideo(Document document) {
        var transcripts = new HashMap<String, UUID>();
        document.getList("transcripts", Document.class)
                .forEach(transcript -> transcripts.put(transcript.getString("language"), id(transcript, "assetId")));
        return new Block.Video(
                document.getString("title"),
                source(document),
                millis(document.getLong("startMillis")),
                millis(document.getLong("endMillis")),
                transcripts);
    }

    private static VideoSource source(Document document) {
        if (document.containsKey("youTubeId")) {
            return new VideoSource.YouTube(document.getString("youTubeId"));
        }
        return document.containsKey("url")
                ? new VideoSource.Address(document.getString("url"))
                : new VideoSource.Asset(id(document, "assetId"));
    }

    private static UUID id(Document document, String name) {
        return UUID.fromString(document.getString(name));
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
