package org.aula.analytics.learning;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of `learning_events`.
///
/// @param eventId of the event that told it
/// @param type the event's name without its package, such as `LessonCompleted`
/// @param lessonId null where the event is about no lesson
/// @param timeSpentSeconds 0 where the event tells none
record LearningEvent(
        UUID eventId,
        String type,
        UUID userId,
        UUID courseId,
        UUID enrollmentId,
        @Nullable UUID lessonId,
        long timeSpentSeconds,
        Instant occurredAt) {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /// The row as ClickHouse reads it.
    JsonObject toJson() {
        var row = new JsonObject();
        row.addProperty("event_id", eventId.toString());
        row.addProperty("event_type", type);
        row.addProperty("user_id", userId.toString());
        row.addProperty("course_id", courseId.toString());
        row.addProperty("enrollment_id", enrollmentId.toString());
        row.add("lesson_id", lessonId == null ? JsonNull.INSTANCE : new JsonPrimitive(lessonId.toString()));
        row.addProperty("time_spent_seconds", timeSpentSeconds);
        row.addProperty("occurred_at", MILLISECONDS.format(occurredAt));
        return row;
    }
}
