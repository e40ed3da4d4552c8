package org.aula.courses.olx;

import java.util.List;

/// A sequential: a lesson, its pages in order.
public record ImportedLesson(String sourceId, String title, List<ImportedPage> pages) {
    public ImportedLesson {
        pages = List.copyOf(pages);
    }
}
