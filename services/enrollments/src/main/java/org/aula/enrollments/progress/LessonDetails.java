package org.aula.enrollments.progress;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a learner left in one lesson.
///
/// @param notes in no order
/// @param steps in the order in which they were done
record LessonDetails(List<LessonNote> notes, List<LessonStep> steps) {

    /// One that nobody has left anything in.
    static final LessonDetails NONE = new LessonDetails(List.of(), List.of());

    /// Where a learner's details of a lesson are.
    record Key(UUID enrollmentId, UUID lessonId) {}

    Optional<LessonNote> note(UUID id) {
        return notes.stream().filter(note -> note.id().equals(id)).findFirst();
    }
}
