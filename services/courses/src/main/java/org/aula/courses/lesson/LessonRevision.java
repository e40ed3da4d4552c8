package org.aula.courses.lesson;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A state of a lesson's content. It never changes.
///
/// @param revision numbered from 1, without gaps in what was ever committed
/// @param authorId null for what was written before there were revisions
public record LessonRevision(
        UUID lessonId, int revision, @Nullable UUID authorId, int pageCount, Instant createdAt) {}
