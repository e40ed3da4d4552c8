package org.aula.courses.lesson;

import java.util.List;
import org.aula.courses.lesson.LessonContent.Page;

/// A revision with its pages.
record StoredRevision(LessonRevision revision, List<Page> pages) {
    StoredRevision {
        pages = List.copyOf(pages);
    }
}
