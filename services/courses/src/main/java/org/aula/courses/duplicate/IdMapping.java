package org.aula.courses.duplicate;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.ResourceSource;
import org.aula.courses.lesson.LessonContent.VideoSource;
import org.jspecify.annotations.Nullable;

/// Which copy stands for what, and contents that name the copies. What has no copy keeps its name.
public final class IdMapping {

    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern NAMED = Pattern.compile("aula-(lesson|asset):" + ID);

    private final Map<UUID, UUID> ids = new HashMap<>();
    private final Map<UUID, UUID> assets = new HashMap<>();

    /// The id of the copy of a section or lesson, chosen when it is first asked for.
    public UUID of(UUID original) {
        return ids.computeIfAbsent(original, ignored -> UuidCreator.getTimeOrderedEpoch());
    }

    /// The id of the copy of a lesson of the course; null for any other.
    public @Nullable UUID ofKnown(@Nullable UUID original) {
        return original == null ? null : ids.get(original);
    }

    /// Says which asset is the copy of another.
    public void asset(UUID original, UUID copy) {
        assets.put(original, copy);
    }

    /// Content assets that a text names.
    static Set<UUID> assetIds(String text) {
        return NAMED.matcher(text)
                .results()
                .filter(name -> name.group(1).equals("asset"))
                .map(name -> UUID.fromString(name.group(2)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// HTML, or another text, that names the copies.
    public String html(String html) {
        return NAMED.matcher(html).replaceAll(this::renamed);
    }

    /// Pages that name the copies.
    public List<Page> pages(List<Page> pages) {
        return pages.stream()
                .map(page -> new Page(
                        page.id(),
                        page.title(),
                        page.blocks().stream().map(this::block).toList()))
                .toList();
    }

    UUID asset(UUID original) {
        return assets.getOrDefault(original, original);
    }

    private String renamed(MatchResult name) {
        var original = UUID.fromString(name.group(2));
        var copy = name.group(1).equals("lesson") ? ids.getOrDefault(original, original) : asset(original);
        return "aula-" + name.group(1) + ":" + copy;
    }

    private Block block(Block block) {
        return switch (block) {
            case Block.Html(String html) -> new Block.Html(html(html));
            case Block.Video video ->
                new Block.Video(
                        video.title(),
                        video.source() instanceof VideoSource.Asset(UUID id)
                                ? new VideoSource.Asset(asset(id))
                                : video.source(),
                        video.start(),
                        video.end(),
                        video.transcripts().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> asset(entry.getValue()))));
            case Block.Media(String title, UUID assetId) -> new Block.Media(title, asset(assetId));
            case Block.Resource(String title, ResourceSource.Asset(UUID id)) ->
                new Block.Resource(title, new ResourceSource.Asset(asset(id)));
            case Block.Exercise(var kind, String prompt, String solution, boolean solved) ->
                new Block.Exercise(kind, html(prompt), html(solution), solved);
            case Block.Resource elsewhere -> elsewhere;
            case Block.Embed elsewhere -> elsewhere;
            case Block.Interactive settings -> settings;
        };
    }
}
