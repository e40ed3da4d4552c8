package org.aula.bench.spring;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.QuizGraded;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is written of an attempt that is graded, beside its answers: itself, its history, the event, the
/// score in the gradebook and the mark that has the learner's grade worked out.
record Grading(
        JdbcClient jdbc, UUID id, Attempt.Builder attempt, BigDecimal score, BigDecimal most, OffsetDateTime now) {

    void save(QuizVersion version) {
        var course = UUID.fromString(attempt.getCourseId());
        var user = UUID.fromString(attempt.getUserId());
        var quiz = UUID.fromString(attempt.getQuizId());
        saveAttempt();
        saveChange();
        append(event());
        saveItem(version, quiz, course);
        saveScore(course, user, quiz);
        jdbc.sql("""
                        INSERT INTO gradebook (course_id, user_id, dirty, updated_at) VALUES (:course, :user, true, :now)
                        ON CONFLICT (course_id, user_id) DO UPDATE SET dirty = true, updated_at = excluded.updated_at
                        """)
                .param("course", course)
                .param("user", user)
                .param("now", now)
                .update();
    }

    private void saveAttempt() {
        jdbc.sql("""
                        UPDATE quiz_submissions
                        SET status = 'GRADED', score = :score, max_score = :most, passed = :passed,
                            time_spent_seconds = :seconds, submitted_at = :now, graded_at = :now, version = version + 2
                        WHERE id = :id
                        """)
                .param("score", score)
                .param("most", most)
                .param("passed", attempt.getPassed())
                .param("seconds", (int) attempt.getTimeSpent().getSeconds())
                .param("now", now)
                .param("id", id)
                .update();
    }

    private void saveChange() {
        jdbc.sql("""
                        INSERT INTO score_changes (
                            id, submission_id, kind, actor, from_score, to_score, max_score, quiz_version, changed_at)
                        VALUES (:id, :attempt, 'SUBMIT', :actor, 0, :score, :most, :version, :now)
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("attempt", id)
                .param("actor", attempt.getUserId())
                .param("score", score)
                .param("most", most)
                .param("version", attempt.getQuizVersion())
                .param("now", now)
                .update();
    }

    private void saveItem(QuizVersion version, UUID quiz, UUID course) {
        jdbc.sql("""
                        INSERT INTO gradebook_items AS known (id, course_id, kind, title, max_points, item_version)
                        SELECT :quiz, :course, 'QUIZ', :title, :points, :version
                        WHERE NOT EXISTS (
                            SELECT FROM gradebook_items WHERE id = :quiz AND item_version >= :version)
                        ON CONFLICT (id) DO UPDATE
                        SET title = excluded.title, max_points = excluded.max_points,
                            item_version = excluded.item_version
                        WHERE known.item_version < excluded.item_version
                        """)
                .param("quiz", quiz)
                .param("course", course)
                .param("title", version.getTitle())
                .param("points", version.getTotalPoints())
                .param("version", version.getVersion())
                .update();
    }

    private void saveScore(UUID course, UUID user, UUID quiz) {
        jdbc.sql("""
                        INSERT INTO gradebook_scores (
                            course_id, user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent)
                        SELECT :course, :user, :quiz, id, score, score, max_score, 0 FROM quiz_submissions
                        WHERE user_id = :user AND quiz_id = :quiz AND status = 'GRADED'
                        ORDER BY score / nullif(max_score, 0) DESC NULLS LAST, id LIMIT 1
                        ON CONFLICT (course_id, user_id, item_id) DO UPDATE
                        SET source_id = excluded.source_id, points = excluded.points,
                            raw_points = excluded.raw_points, max_points = excluded.max_points,
                            late_penalty_percent = excluded.late_penalty_percent
                        """)
                .param("course", course)
                .param("user", user)
                .param("quiz", quiz)
                .update();
    }

    private QuizGraded event() {
        return QuizGraded.newBuilder()
                .setAttemptId(attempt.getId())
                .setQuizId(attempt.getQuizId())
                .setCourseId(attempt.getCourseId())
                .setLessonId(attempt.getLessonId())
                .setUserId(attempt.getUserId())
                .setEnrollmentId(attempt.getEnrollmentId())
                .setPassed(attempt.getPassed())
                .setScore(attempt.getScore())
                .setMaxScore(attempt.getMaxScore())
                .build();
    }

    private void append(QuizGraded event) {
        var eventId = UuidCreator.getTimeOrderedEpoch();
        var type = event.getDescriptorForType().getFullName();
        var happened = Instant.now();
        var envelope = EventEnvelope.newBuilder()
                .setEventId(eventId.toString())
                .setType(type)
                .setOccurredAt(
                        Timestamp.newBuilder().setSeconds(happened.getEpochSecond()).setNanos(happened.getNano()))
                .setActor(attempt.getUserId())
                .setKey(event.getAttemptId())
                .setPayload(Any.pack(event))
                .build();
        jdbc.sql("INSERT INTO outbox (event_id, type, key, envelope) VALUES (:id, :type, :key, :envelope)")
                .param("id", eventId)
                .param("type", type)
                .param("key", event.getAttemptId())
                .param("envelope", envelope.toByteArray())
                .update();
    }
}
