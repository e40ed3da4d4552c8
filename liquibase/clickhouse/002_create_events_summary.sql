-- By day (UTC), type and course; kept when the raw events are gone. Read it with
-- sum(events), sum(time_spent_seconds), uniqMerge(learners).
CREATE TABLE IF NOT EXISTS events_summary (
    event_date Date,
    event_type LowCardinality(String),
    course_id UUID,
    events SimpleAggregateFunction(sum, UInt64),
    time_spent_seconds SimpleAggregateFunction(sum, UInt64),
    learners AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(event_date)
ORDER BY (course_id, event_type, event_date)
SETTINGS non_replicated_deduplication_window = 10000;

-- The view's own insert is deduplicated with the source's token when the writer sets
-- deduplicate_blocks_in_dependent_materialized_views = 1.
CREATE MATERIALIZED VIEW IF NOT EXISTS events_summary_feed TO events_summary AS
SELECT
    toDate(occurred_at, 'UTC') AS event_date,
    event_type,
    course_id,
    count() AS events,
    sum(toUInt64(event.time_spent_seconds)) AS time_spent_seconds,
    uniqState(user_id) AS learners
FROM learning_events AS event
GROUP BY event_date, event_type, course_id;

-- rollback
DROP VIEW IF EXISTS events_summary_feed;
DROP TABLE IF EXISTS events_summary;
