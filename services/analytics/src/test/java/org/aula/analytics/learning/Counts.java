package org.aula.analytics.learning;

import java.util.Map;
import java.util.UUID;
import org.aula.analytics.clickhouse.ClickHouseStore;
import org.aula.kernel.testing.TestPlatform;

/// What ClickHouse holds of a course: rows as they are, not how many are different.
///
/// @param rows of `learning_events`
/// @param summed `events` of the materialized view's table
/// @param seconds `time_spent_seconds` of the materialized view's table
record Counts(long rows, long summed, long seconds) {

    static Counts of(TestPlatform platform, UUID courseId) {
        var store = platform.bean("analytics", ClickHouseStore.class);
        var parameters = Map.<String, Object>of("course", courseId.toString());
        var rows = store.query(
                        "SELECT count() AS counted FROM learning_events WHERE course_id = {course:UUID}",
                        parameters,
                        10)
                .getFirst();
        var sums = store.query("""
                        SELECT toUInt64(sum(events)) AS summed, toUInt64(sum(time_spent_seconds)) AS seconds
                        FROM events_summary WHERE course_id = {course:UUID}
                        """, parameters, 10).getFirst();
        return new Counts(rows.getLong("counted"), sums.getLong("summed"), sums.getLong("seconds"));
    }
}
