package org.aula.courses.olx;

import java.util.List;

/// A chapter: a section, its lessons in order.
public record ImportedSection(String sourceId, String title, List<ImportedLesson> lessons) {
    public ImportedSection {
        lessons = List.copyOf(lessons);
    }
}
