package org.aula.courses.olx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sequential: a lesson, its pages in order.
///
/// @param quiz of its problems, if it has any that could be read
public record ImportedLesson(
        String sourceId,
        String title,
        List<ImportedPage> pages,
        @Nullable ImportedQuiz quiz) {
    public ImportedLesson {
        pages = List.copyOf(pages);
    }
}
