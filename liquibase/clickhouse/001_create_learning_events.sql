-- What learners did, one row for each event. Inserts carry the batch's token, so that a repeated batch is passed over:
-- that needs the window of remembered tokens, which a table without replicas keeps only when told.
CREATE TABLE IF NOT EXISTS learning_events (
    event_id UUID,
    event_type LowCardinality(String),
    user_id UUID,
    course_id UUID,
    enrollment_id UUID,
    lesson_id Nullable(UUID),
    time_spent_seconds UInt32,
    occurred_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (course_id, occurred_at, event_id)
TTL toDateTime(occurred_at) + INTERVAL 2 YEAR
SETTINGS non_replicated_deduplication_window = 10000;

-- rollback
DROP TABLE IF EXISTS learning_events;
