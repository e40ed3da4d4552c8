package org.aula.courses.lesson;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// One lesson; what it teaches is its [LessonContent].
///
/// @param sortOrder place within the section, ascending from 0
/// @param durationSeconds how long it takes; 0 when not known
/// @param preview whether anyone may read it, enrolled or not
/// @param mandatory whether it counts towards completing the course
/// @param externalUrl where it is when it is elsewhere; empty for none
/// @param liveAt when a live session begins; null for other types
/// @param releaseAt from when on learners may read it; null for at once
/// @param prerequisiteIds lessons of the course to complete before it
/// @param version rises with every change; the etag
@MappedEntity("lessons")
public record Lesson(
        UUID id,
        UUID sectionId,
        UUID courseId,
        String title,
        LessonType type,
        int sortOrder,
        long durationSeconds,
        boolean preview,
        boolean mandatory,
        String externalUrl,
        @Nullable Instant liveAt,
        @Nullable Instant releaseAt,
        @UuidArray List<UUID> prerequisiteIds,
        Instant updatedAt,
        long version) {

    public Lesson {
        prerequisiteIds = List.copyOf(prerequisiteIds);
    }

    /// A new lesson, open at once.
    public Lesson(
            UUID id,
            UUID sectionId,
            UUID courseId,
            String title,
            LessonType type,
            int sortOrder,
            Duration duration,
            boolean preview,
            boolean mandatory,
            Instant now) {
        this(
                id,
                sectionId,
                courseId,
                title,
                type,
                sortOrder,
                duration.toSeconds(),
                preview,
                mandatory,
                "",
                null,
                null,
                List.of(),
                now,
                1);
    }

    public Duration duration() {
        return Duration.ofSeconds(durationSeconds);
    }

    /// As shown to those who may not read it.
    Lesson closed() {
        return new Lesson(
                id,
                sectionId,
                courseId,
                title,
                type,
                sortOrder,
                durationSeconds,
                preview,
                mandatory,
                "",
                liveAt,
                releaseAt,
                prerequisiteIds,
                updatedAt,
                version);
    }

    /// The next version, made of this one.
    Lesson changedAt(Instant now) {
        return new Lesson(
                id,
                sectionId,
                courseId,
                title,
                type,
                sortOrder,
                durationSeconds,
                preview,
                mandatory,
                externalUrl,
                liveAt,
                releaseAt,
                prerequisiteIds,
                now,
                version + 1);
    }
}
