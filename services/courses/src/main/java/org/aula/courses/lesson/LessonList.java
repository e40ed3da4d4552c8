package org.aula.courses.lesson;

import java.util.List;
import java.util.UUID;

/// Lessons of one section.
///
/// @param lessons the first ones, in order
/// @param total how many there are in all
record LessonList(UUID sectionId, List<Lesson> lessons, int total) {

    LessonList {
        lessons = List.copyOf(lessons);
    }
}
