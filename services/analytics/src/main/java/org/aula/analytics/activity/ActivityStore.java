package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.analytics.clickhouse.ClickHouseStore;

/// Questions to `learning_events`. Learners and lessons are counted as such, not their events: exact also
/// when somebody enrolled twice.
@Singleton
final class ActivityStore {

    private static final int MAX_SECONDS = 8;

    private static final String COUNTS = """
                uniqExactIf(user_id, event_type = 'UserEnrolled') AS enrollments,
                uniqExactIf((user_id, lesson_id), event_type = 'LessonCompleted') AS lessons_completed
            """;

    private static final String TOTALS = "SELECT " + COUNTS + """
                    , uniqExactIf(user_id, event_type = 'CourseCompleted') AS courses_completed,
                    uniqExact(user_id) AS active_learners
                    FROM learning_events WHERE course_id = {course:UUID}
                    """;

    private static final String DAYS = """
            SELECT day, enrollments, lessons_completed FROM (
                SELECT toDate(occurred_at, 'UTC') AS day,
            """ + COUNTS + """
                    FROM learning_events WHERE course_id = {course:UUID}
                    GROUP BY day HAVING enrollments + lessons_completed > 0
                    ORDER BY day DESC LIMIT 366
                ) ORDER BY day
            """;

    private final ClickHouseStore clickHouse;

    ActivityStore(ClickHouseStore clickHouse) {
        this.clickHouse = clickHouse;
    }

    /// @throws org.aula.kernel.error.StoreUnavailableException when ClickHouse is unavailable
    CourseActivity read(UUID courseId) {
        var parameters = Map.<String, Object>of("course", courseId.toString());
        var totals = clickHouse.query(TOTALS, parameters, MAX_SECONDS).getFirst();
        var days = clickHouse.query(DAYS, parameters, MAX_SECONDS).stream()
                .map(row -> new CourseActivity.Day(
                        row.getLocalDate("day"), row.getLong("enrollments"), row.getLong("lessons_completed")))
                .toList();
        return new CourseActivity(
                totals.getLong("enrollments"),
                totals.getLong("lessons_completed"),
                totals.getLong("courses_completed"),
                totals.getLong("active_learners"),
                days);
    }
}
