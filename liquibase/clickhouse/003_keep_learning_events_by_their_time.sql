-- DateTime ends in 2106: a time of 2105 and two years more would be one of the past, and the row deleted at once. What is
-- there already ends as it did: it is not rewritten.
ALTER TABLE learning_events MODIFY TTL occurred_at + INTERVAL 2 YEAR SETTINGS materialize_ttl_after_modify = 0;

-- rollback
ALTER TABLE learning_events MODIFY TTL toDateTime(occurred_at) + INTERVAL 2 YEAR
SETTINGS materialize_ttl_after_modify = 0;
