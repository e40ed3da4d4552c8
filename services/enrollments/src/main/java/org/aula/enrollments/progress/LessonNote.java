package org.aula.enrollments.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What a learner noted in a lesson.
///
/// @param position whole seconds from the beginning of the lesson's video
/// @param version rises with each change
record LessonNote(UUID id, Duration position, String text, Instant createdAt, Instant updatedAt, long version) {

    /// In the order of the video; of one moment the earlier note first, which its id tells.
    static final Comparator<LessonNote> ORDER = Comparator.comparing(LessonNote::position)
            .thenComparing(note -> note.id().toString());

    /// What comes behind a page's last note.
    List<String> sortKey() {
        return List.of(Long.toString(position.toSeconds()), id.toString());
    }

    boolean isBehind(List<String> key) {
        var seconds = Long.compare(position.toSeconds(), Long.parseLong(key.getFirst()));
        return seconds > 0 || seconds == 0 && id.toString().compareTo(key.getLast()) > 0;
    }

    boolean says(String otherText, Duration otherPosition) {
        return text.equals(otherText) && position.equals(otherPosition);
    }

    LessonNote rewritten(String newText, Duration newPosition, Instant now) {
        return new LessonNote(id, newPosition, newText, createdAt, now, version + 1);
    }
}
