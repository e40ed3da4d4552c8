package org.aula.courses.media;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file as a course's files are announced.
///
/// @param seed what makes it another file than the others of the course
/// @param fileName without a path
/// @param lessonId the lesson that it belongs to; null for none
public record CourseFile(
        String seed,
        String fileName,
        String mediaType,
        long sizeBytes,
        String sha256,
        FileVisibility visibility,
        @Nullable UUID lessonId) {

    /// The same file among those of another lesson.
    public CourseFile of(@Nullable UUID otherLessonId) {
        return new CourseFile(seed, fileName, mediaType, sizeBytes, sha256, visibility, otherLessonId);
    }
}
