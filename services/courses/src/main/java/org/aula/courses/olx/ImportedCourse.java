package org.aula.courses.olx;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an archive gives.
///
/// @param sourceId organisation, course and run, as in `OpenedX+DemoX+DemoCourse`, as far as they are given
/// @param title never blank
/// @param language code such as `en` or `zh-cn`, if given
/// @param shortDescription plain text, may be empty
/// @param overviewHtml sanitised like the HTML of blocks, may be empty
/// @param image placeholder of the course's picture, if it has one
/// @param sections in order
/// @param media every file that anything above refers to, each once
/// @param skipped everything that was not taken over
public record ImportedCourse(
        String sourceId,
        String title,
        @Nullable String language,
        String shortDescription,
        String overviewHtml,
        @Nullable String image,
        List<ImportedSection> sections,
        List<MediaFile> media,
        List<Skipped> skipped) {
    public ImportedCourse {
        sections = List.copyOf(sections);
        media = List.copyOf(media);
        skipped = List.copyOf(skipped);
    }

    /// All lessons, in order.
    public List<ImportedLesson> lessons() {
        return sections.stream().flatMap(section -> section.lessons().stream()).toList();
    }

    /// All pages, in order.
    public List<ImportedPage> pages() {
        return lessons().stream().flatMap(lesson -> lesson.pages().stream()).toList();
    }

    /// All blocks, in order.
    public List<ImportedBlock> blocks() {
        return pages().stream().flatMap(page -> page.blocks().stream()).toList();
    }

    /// The sum of [Skipped#count] by reason.
    public Map<SkipReason, Integer> skippedByReason() {
        var counts = new EnumMap<SkipReason, Integer>(SkipReason.class);
        skipped.forEach(entry -> counts.merge(entry.reason(), entry.count(), Integer::sum));
        return counts;
    }
}
