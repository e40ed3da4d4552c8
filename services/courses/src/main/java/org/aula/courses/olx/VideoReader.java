package org.aula.courses.olx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a `video` component: the video itself, then its handout and transcript for download as media.
///
/// Format: <https://docs.openedx.org/en/latest/educators/olx/components/video-components.html>.
final class VideoReader {
    private static final Pattern YOUTUBE_ID = Pattern.compile("[A-Za-z0-9_-]{11}");
    private static final Pattern NORMAL_SPEED = Pattern.compile("(?:^|,)\\s*1\\.0+:([A-Za-z0-9_-]{11})");
    private static final Pattern CLOCK = Pattern.compile("(?:(?:(\\d{1,3}):)?(\\d{1,3}):)?(\\d{1,6}(?:\\.\\d{1,9})?)");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*");

    private final MediaLibrary media;
    private final SkipList skipped;

    VideoReader(MediaLibrary media, SkipList skipped) {
        this.media = media;
        this.skipped = skipped;
    }

    List<ImportedBlock> read(Outline.Component component) {
        XmlNode.Element element = component.element();
        Optional<String> youtube = youtubeId(element);
        List<String> sources = sources(component);
        var blocks = new ArrayList<ImportedBlock>();
        if (youtube.isEmpty() && sources.isEmpty()) {
            skipped.add(component.file(), component.label(), SkipReason.VIDEO_WITHOUT_SOURCE);
        } else {
            blocks.add(new ImportedBlock.Video(
                    component.id(),
                    component.title(),
                    youtube.orElse(null),
                    sources,
                    time(element, "start_time", "from"),
                    time(element, "end_time", "to"),
                    duration(element),
                    transcripts(component)));
        }
        for (String address : downloads(element)) {
            media.placeholder(address, component.file(), component.label())
                    .ifPresent(placeholder -> blocks.add(new ImportedBlock.Media(
                            component.id() + "-" + (blocks.size() + 1), fileName(placeholder), placeholder)));
        }
        return blocks;
    }

    private static Optional<String> youtubeId(XmlNode.Element element) {
        return element.attribute("youtube_id_1_0")
                .filter(id -> YOUTUBE_ID.matcher(id).matches())
                .or(() -> element.attribute("youtube")
                        .map(NORMAL_SPEED::matcher)
                        .filter(Matcher::find)
                        .map(match -> match.group(1)));
    }

    private List<String> sources(Outline.Component component) {
        XmlNode.Element element = component.element();
        var written = new LinkedHashSet<String>();
        element.attribute("html5_sources").map(Json::strings).ifPresent(written::addAll);
        children(element, "source").forEach(source -> source.attribute("src").ifPresent(written::add));
        element.attribute("source").ifPresent(written::add);
        children(element, "video_asset")
                .flatMap(asset -> children(asset, "encoded_video"))
                .forEach(encoded -> encoded.attribute("url").ifPresent(written::add));
        var sources = new ArrayList<String>();
        for (String address : written) {
            boolean remote = address.startsWith("https://") || address.startsWith("http://");
            if (remote && media.find(address) instanceof MediaLibrary.Found.NotMedia) {
                sources.add(address);
            } else {
                media.placeholder(address, component.file(), component.label()).ifPresent(sources::add);
            }
        }
        return sources;
    }

    private Map<String, String> transcripts(Outline.Component component) {
        XmlNode.Element element = component.element();
        var written = new LinkedHashMap<String, String>();
        element.attribute("transcripts")
                .flatMap(Json::object)
                .ifPresent(languages -> languages
                        .entrySet()
                        .forEach(entry ->
                                Json.string(entry.getValue()).ifPresent(name -> written.put(entry.getKey(), name))));
        children(element, "transcript")
                .forEach(transcript -> transcript
                        .attribute("src")
                        .ifPresent(name ->
                                transcript.attribute("language").ifPresent(language -> written.put(language, name))));
        element.attribute("sub").ifPresent(sub -> written.putIfAbsent("en", "subs_" + sub + ".srt.sjson"));
        var transcripts = new LinkedHashMap<String, String>();
        written.forEach((language, name) -> {
            if (LANGUAGE.matcher(language).matches()) {
                media.placeholder(name, component.file(), component.label())
                        .ifPresent(placeholder -> transcripts.put(language, placeholder));
            } else {
                skipped.add(component.file(), "transcript: " + language, SkipReason.MALFORMED);
            }
        });
        return transcripts;
    }

    /// Attribute and child element say the same in most exports.
    private static Set<String> downloads(XmlNode.Element element) {
        var addresses = new LinkedHashSet<String>();
        for (String name : List.of("handout", "track")) {
            element.attribute(name).ifPresent(addresses::add);
            children(element, name).forEach(child -> child.attribute("src").ifPresent(addresses::add));
        }
        return addresses;
    }

    private static @Nullable Duration time(XmlNode.Element element, String name, String oldName) {
        return element.attribute(name)
                .or(() -> element.attribute(oldName))
                .flatMap(VideoReader::parse)
                .filter(Duration::isPositive)
                .orElse(null);
    }

    private static @Nullable Duration duration(XmlNode.Element element) {
        return children(element, "video_asset")
                .flatMap(asset -> asset.attribute("duration").stream())
                .flatMap(value -> parse(value).stream())
                .filter(Duration::isPositive)
                .findFirst()
                .orElse(null);
    }

    /// `hh:mm:ss`, `mm:ss` or seconds with a fraction.
    static Optional<Duration> parse(String time) {
        Matcher match = CLOCK.matcher(time.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long hours = match.group(1) == null ? 0 : Long.parseLong(match.group(1));
        long minutes = match.group(2) == null ? 0 : Long.parseLong(match.group(2));
        long millis = Math.round(Double.parseDouble(match.group(3)) * 1000);
        return Optional.of(Duration.ofHours(hours).plusMinutes(minutes).plusMillis(millis));
    }

    private static Stream<XmlNode.Element> children(XmlNode.Element element, String name) {
        return element.elements().filter(child -> child.name().equals(name));
    }

    private static String fileName(String placeholder) {
        String path = Placeholders.archivePath(placeholder);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
