package org.aula.courseaccess;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// A lesson, and whether somebody may read it.
///
/// @param releaseAt from when on learners may; null for at once
/// @param missing lessons that come first and that they have not completed
@MappedEntity("lessons")
public record ReadableLesson(
        UUID id,
        UUID courseId,
        Reading reading,
        @Nullable Instant releaseAt,
        @UuidArray List<UUID> missing) {

    public ReadableLesson {
        missing = List.copyOf(missing);
    }
}
