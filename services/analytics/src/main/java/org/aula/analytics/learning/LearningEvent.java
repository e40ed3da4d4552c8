package org.aula.analytics.learning;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.YearMonth;
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

    /// Days that the summary's dates can hold; others ClickHouse would turn into other days without a word.
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2149-06-06T00:00:00Z");
    private static final long MAX_SECONDS = 4_294_967_295L;

    LearningEvent {
        if (occurredAt.isBefore(EARLIEST) || !occurredAt.isBefore(LATEST)) {
            throw new IllegalArgumentException("occurred_at is not between 1970 and 2149: " + occurredAt);
        }
        if (timeSpentSeconds > MAX_SECONDS) {
            throw new IllegalArgumentException("time_spent_seconds is more than ClickHouse holds: " + timeSpentSeconds);
        }
    }

    /// The month in which it lies, by which ClickHouse keeps it apart.
    YearMonth month() {
        return YearMonth.from(occurredAt.atOffset(ZoneOffset.UTC));
    }

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
