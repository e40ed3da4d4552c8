package org.aula.courses.lesson;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;
import org.jspecify.annotations.Nullable;

/// What differs between two states of a lesson's content: pages are matched by their ids, the blocks of a
/// page by the longest sequence that both have.
final class RevisionComparison {

    /// How a block differs; `before` is null when it is new, `after` when it is gone.
    ///
    /// @param place within its page: after, or before if it is gone
    /// @param text a unified difference; empty for what is no text
    record Difference(
            String pageId,
            int index,
            @Nullable Block before,
            @Nullable Block after,
            String text) {}

    /// Comparing takes room by the square of the differences, so that longer texts are not looked into.
    private static final int MAX_LINES = 500;

    private static final int CONTEXT_LINES = 2;
    private static final Pattern END_OF_PART =
            Pattern.compile("(</(?:p|div|li|h[1-6]|tr|pre|blockquote|section|figure|dt|dd)>|<br ?/>)(?!\n)");

    private RevisionComparison() {}

    static List<Difference> between(List<Page> before, List<Page> after) {
        var gone = byId(before);
        var differences = new ArrayList<Difference>();
        for (var page : after) {
            var old = gone.remove(page.id());
            differences.addAll(blocks(page.id(), old == null ? List.of() : old.blocks(), page.blocks()));
        }
        gone.values().forEach(page -> differences.addAll(blocks(page.id(), page.blocks(), List.of())));
        return differences;
    }

    /// Ids are the author's: of pages with the same one the first counts.
    private static Map<String, Page> byId(List<Page> pages) {
        var byId = new LinkedHashMap<String, Page>();
        pages.forEach(page -> byId.putIfAbsent(page.id(), page));
        return byId;
    }

    private static List<Difference> blocks(String pageId, List<Block> before, List<Block> after) {
        var differences = new ArrayList<Difference>();
        for (var delta : DiffUtils.diff(before, after).getDeltas()) {
            var source = delta.getSource();
            var target = delta.getTarget();
            var pairs = Math.min(source.size(), target.size());
            for (var index = 0; index < pairs; index++) {
                var old = source.getLines().get(index);
                var now = target.getLines().get(index);
                differences.add(new Difference(pageId, target.getPosition() + index, old, now, text(old, now)));
            }
            for (var index = pairs; index < source.size(); index++) {
                differences.add(new Difference(
                        pageId, source.getPosition() + index, source.getLines().get(index), null, ""));
            }
            for (var index = pairs; index < target.size(); index++) {
                differences.add(new Difference(
                        pageId,
                        target.getPosition() + index,
                        null,
                        target.getLines().get(index),
                        ""));
            }
        }
        return differences;
    }

    private static String text(Block before, Block after) {
        var old = lines(before);
        var now = lines(after);
        if (old.isEmpty() || now.isEmpty() || old.size() > MAX_LINES || now.size() > MAX_LINES) {
            return "";
        }
        var unified =
                UnifiedDiffUtils.generateUnifiedDiff("before", "after", old, DiffUtils.diff(old, now), CONTEXT_LINES);
        return String.join("\n", unified);
    }

    private static List<String> lines(Block block) {
        var text = switch (block) {
            case Block.Html html -> html.html();
            case Block.Exercise exercise -> exercise.prompt() + "\n" + exercise.solution();
            case Block.Interactive interactive -> interactive.json();
            case Block.Video ignored -> "";
            case Block.Media ignored -> "";
            case Block.Embed ignored -> "";
            case Block.Resource ignored -> "";
        };
        return END_OF_PART.matcher(text).replaceAll("$1\n").lines().toList();
    }
}
