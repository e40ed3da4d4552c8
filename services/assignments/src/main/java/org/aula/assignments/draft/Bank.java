package org.aula.assignments.draft;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// Questions of a course that quizzes draw from.
///
/// @param questionCount counted when it was read
/// @param version rises with every change but those of its questions; the etag
@MappedEntity("question_banks")
public record Bank(
        UUID id,
        UUID courseId,
        String title,
        String description,
        int questionCount,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public static Bank created(UUID id, UUID courseId, String title, String description, Instant now) {
        return new Bank(id, courseId, title, description, 0, now, now, 1);
    }

    /// Says something else about it.
    public Bank described(String newTitle, String newDescription, Instant now) {
        return newTitle.equals(title) && newDescription.equals(description)
                ? this
                : new Bank(id, courseId, newTitle, newDescription, questionCount, createdAt, now, version + 1);
    }
}
