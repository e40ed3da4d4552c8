package org.aula.courses.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.ExerciseKind;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.ResourceSource;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.jspecify.annotations.Nullable;

/// Revisions of lesson contents to and from documents:
///
/// ```
/// { _id: "<lesson id>/3", lessonId: "…", revision: 3, authorId: "…", pageCount: 1, createdAt: …,
///   pages: [ { id: "intro", title: "…", blocks: [
///     { kind: "html", html: "<p>…" },
///     { kind: "video", title: "…", youTubeId | url | assetId: "…", startMillis: 0, endMillis: 9000,
///       transcripts: [ { language: "en", assetId: "…" } ] },
///     { kind: "media", title: "…", assetId: "…" },
///     { kind: "embed", title: "…", url: "https://…" },
///     { kind: "resource", title: "…", url | assetId: "…" },
///     { kind: "exercise", exercise: "CODE", prompt: "<p>…", solution: "<p>…" },
///     { kind: "interactive", interactive: "…", title: "…", json: "{…}" } ] } ] }
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

    static String id(UUID lessonId, int revision) {
        return lessonId + "/" + revision;
    }

    static Document document(LessonRevision revision, List<Page> pages) {
        var authorId = revision.authorId();
        return new Document("_id", id(revision.lessonId(), revision.revision()))
                .append("lessonId", revision.lessonId().toString())
                .append("revision", revision.revision())
                .append("authorId", authorId == null ? "" : authorId.toString())
                .append("pageCount", pages.size())
                .append("createdAt", Date.from(revision.createdAt()))
                .append("pages", pages(pages));
    }

    static LessonRevision revision(Document document) {
        var authorId = document.getString("authorId");
        return new LessonRevision(
                id(document, "lessonId"),
                document.get("revision", Number.class).intValue(),
                authorId.isEmpty() ? null : UUID.fromString(authorId),
                document.get("pageCount", Number.class).intValue(),
                document.getDate("createdAt").toInstant());
    }

    static StoredRevision stored(Document document) {
        return new StoredRevision(
                revision(document),
                document.getList("pages", Document.class).stream()
                        .map(LessonDocumentFactory::page)
                        .toList());
    }

    /// How much room pages take in the store.
    static int sizeBytes(List<Page> pages) {
        var document = new Document("pages", pages(pages));
        return new RawBsonDocument(document, new DocumentCodec())
                .getByteBuffer()
                .remaining();
    }

    private static Document document(Block block) {
        return switch (block) {
            case Block.Html(String html) -> new Document("kind", "html").append("html", html);
            case Block.Video video -> video(video);
            case Block.Media(String title, UUID assetId) ->
                new Document("kind", "media").append("title", title).append("assetId", assetId.toString());
            case Block.Embed(String title, String url) ->
                new Document("kind", "embed").append("title", title).append("url", url);
            case Block.Resource resource -> resource(resource);
            case Block.Exercise exercise ->
                new Document("kind", "exercise")
                        .append("exercise", exercise.kind().name())
                        .append("prompt", exercise.prompt())
                        .append("solution", exercise.solution());
            case Block.Interactive(String kind, String title, String json) ->
                new Document("kind", "interactive")
                        .append("interactive", kind)
                        .append("title", title)
                        .append("json", json);
        };
    }

    private static Document resource(Block.Resource resource) {
        var document = new Document("kind", "resource").append("title", resource.title());
        return switch (resource.source()) {
            case ResourceSource.Address(String url) -> document.append("url", url);
            case ResourceSource.Asset(UUID id) -> document.append("assetId", id.toString());
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
            case "resource" ->
                new Block.Resource(
                        document.getString("title"),
                        document.containsKey("url")
                                ? new ResourceSource.Address(document.getString("url"))
                                : new ResourceSource.Asset(id(document, "assetId")));
            case "exercise" -> readExercise(document);
            case "interactive" ->
                new Block.Interactive(
                        document.getString("interactive"), document.getString("title"), document.getString("json"));
            case String unknown -> throw new IllegalStateException("a lesson's content has a block of kind " + unknown);
        };
    }

    private static Block.Exercise readExercise(Document document) {
        var solution = document.getString("solution");
        return new Block.Exercise(
                ExerciseKind.valueOf(document.getString("exercise")),
                document.getString("prompt"),
                solution,
                !solution.isEmpty());
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
