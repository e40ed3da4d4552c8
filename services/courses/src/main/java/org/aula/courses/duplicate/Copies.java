package org.aula.courses.duplicate;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;

/// Which copy stands for what, and texts whose links lead to the copies.
final class Copies {

    private static final Pattern LINK = Pattern.compile("aula-lesson:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final Map<UUID, UUID> ids = new HashMap<>();

    /// The id of the copy, chosen when it is first asked for.
    UUID of(UUID original) {
        return ids.computeIfAbsent(original, ignored -> UuidCreator.getTimeOrderedEpoch());
    }

    /// HTML whose links to lessons of the original lead to those of the copy.
    String html(String html) {
        return LINK.matcher(html).replaceAll(link -> {
            var copy = ids.get(UUID.fromString(link.group(1)));
            return copy == null ? link.group() : "aula-lesson:" + copy;
        });
    }

    List<Page> pages(List<Page> pages) {
        return pages.stream()
                .map(page -> new Page(
                        page.id(),
                        page.title(),
                        page.blocks().stream().map(this::block).toList()))
                .toList();
    }

    private Block block(Block block) {
        return block instanceof Block.Html text ? new Block.Html(html(text.html())) : block;
    }
}
