package org.aula.courses.lesson;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which revisions of a lesson's content count.
///
/// @param latest number of the newest; 0 while nothing was written
/// @param published number of the one that learners see; 0 for none
/// @param publishedAt since when they see it; null for none
@MappedEntity("lesson_content_heads")
record ContentHead(
        UUID lessonId, int latest, int published, @Nullable Instant publishedAt) {

    /// Of a lesson for which nothing was written.
    static ContentHead none(UUID lessonId) {
        return new ContentHead(lessonId, 0, 0, null);
    }

    /// With one more revision.
    ContentHead next() {
        return new ContentHead(lessonId, latest + 1, published, publishedAt);
    }

    /// With this revision for learners.
    ContentHead publish(int revision, Instant now) {
        return new ContentHead(lessonId, latest, revision, now);
    }
}
