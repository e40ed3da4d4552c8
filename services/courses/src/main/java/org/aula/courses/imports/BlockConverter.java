package org.aula.courses.imports;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.aula.courses.olx.ImportedBlock;
import org.aula.courses.olx.ImportedPage;
import org.aula.courses.olx.Placeholders;

/// Makes blocks of ours out of imported ones, within the bounds of the contract.
final class BlockConverter {

    private static final int MAX_TITLE = 255;
    private static final int MAX_URL = 2_000;
    private static final int MAX_HTML_BYTES = 512 * 1024;
    private static final int MAX_BLOCKS = 200;
    private static final int MAX_TRANSCRIPTS = 100;

    private final Addresses addresses;
    private final Issues issues;

    BlockConverter(Addresses addresses, Issues issues) {
        this.addresses = addresses;
        this.issues = issues;
    }

    /// HTML with addresses of ours in the place of placeholders.
    String html(String html) {
        return Placeholders.rewrite(html, addresses::of);
    }

    List<Block> blocks(ImportedPage page) {
        page.blocks().stream()
                .skip(MAX_BLOCKS)
                .forEach(block -> leaveOut(page, block.sourceId(), "a page has at most " + MAX_BLOCKS + " blocks"));
        return page.blocks().stream()
                .limit(MAX_BLOCKS)
                .flatMap(block -> block(page, block).stream())
                .toList();
    }

    private Optional<Block> block(ImportedPage page, ImportedBlock block) {
        return switch (block) {
            case ImportedBlock.Html text -> text(page, text);
            case ImportedBlock.Video video -> video(page, video);
            case ImportedBlock.Media media -> media(page, media);
            case ImportedBlock.Embed embed -> embed(page, embed);
        };
    }

    private Optional<Block> text(ImportedPage page, ImportedBlock.Html text) {
        var html = html(text.html());
        if (html.getBytes(StandardCharsets.UTF_8).length > MAX_HTML_BYTES) {
            leaveOut(page, text.sourceId(), "a text has at most 512 KiB");
            return Optional.empty();
        }
        return Optional.of(new Block.Html(html));
    }

    /// One source is kept: YouTube's if there is one, else the first that is there.
    private Optional<Block> video(ImportedPage page, ImportedBlock.Video video) {
        var youTubeId = video.youtubeId();
        var others = video.sources().stream().flatMap(this::source).toList();
        if (youTubeId == null && others.isEmpty()) {
            leaveOut(page, video.sourceId(), "no source that can be played");
            return Optional.empty();
        }
        if (others.size() + (youTubeId == null ? 0 : 1) > 1) {
            leaveOut(page, video.sourceId(), "a video has one source; its other sources were left out");
        }
        return Optional.of(new Block.Video(
                Texts.title(video.title(), MAX_TITLE),
                youTubeId == null ? others.getFirst() : new VideoSource.YouTube(youTubeId),
                video.start(),
                video.end(),
                transcripts(page, video)));
    }

    private Stream<VideoSource> source(String source) {
        if (Placeholders.isMedia(source)) {
            return asset(source).map(VideoSource.Asset::new).map(VideoSource.class::cast).stream();
        }
        return source.length() > MAX_URL ? Stream.empty() : Stream.of(new VideoSource.Address(source));
    }

    private Map<String, UUID> transcripts(ImportedPage page, ImportedBlock.Video video) {
        var transcripts = new HashMap<String, UUID>();
        video.transcripts().forEach((language, placeholder) -> {
            if (transcripts.size() < MAX_TRANSCRIPTS) {
                asset(placeholder).ifPresent(id -> transcripts.put(language, id));
            } else {
                leaveOut(page, video.sourceId(), "a video has at most " + MAX_TRANSCRIPTS + " transcripts");
            }
        });
        return transcripts;
    }

    private Optional<Block> media(ImportedPage page, ImportedBlock.Media media) {
        var assetId = asset(media.media());
        if (assetId.isEmpty()) {
            leaveOut(page, media.sourceId(), "its file is empty");
        }
        return assetId.map(id -> new Block.Media(Texts.title(media.title(), MAX_TITLE), id));
    }

    private Optional<Block> embed(ImportedPage page, ImportedBlock.Embed embed) {
        if (embed.url().length() > MAX_URL) {
            leaveOut(page, embed.sourceId(), "an address has at most " + MAX_URL + " characters");
            return Optional.empty();
        }
        return Optional.of(new Block.Embed(Texts.title(embed.title(), MAX_TITLE), embed.url()));
    }

    private Optional<UUID> asset(String placeholder) {
        return Optional.ofNullable(addresses.assets().get(Placeholders.archivePath(placeholder)));
    }

    private void leaveOut(ImportedPage page, String element, String reason) {
        issues.add(page.sourceId(), element, reason);
    }
}
