package org.aula.courses.lesson;

import java.util.UUID;
import org.aula.api.courses.v1.LessonContentPublished;

/// Events that tell of lessons.
final class LessonEvents {

    private LessonEvents() {}

    static LessonContentPublished published(UUID courseId, UUID lessonId, int revision) {
        return LessonContentPublished.newBuilder()
                .setCourseId(courseId.toString())
                .setLessonId(lessonId.toString())
                .setRevision(revision)
                .build();
    }
}
