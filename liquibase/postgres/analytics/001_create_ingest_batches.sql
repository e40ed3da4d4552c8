--liquibase formatted sql

-- A batch is written here before it goes to ClickHouse with its token, so that a repetition after a crash carries the
-- same token and is passed over there.
--changeset aula:analytics-001-ingest-batches
CREATE TABLE analytics.ingest_batches (
    token uuid PRIMARY KEY,
    event_ids uuid[] NOT NULL,
    rows jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    inserted_at timestamptz,
    CHECK (cardinality(event_ids) > 0)
);
CREATE INDEX ingest_batches_waiting ON analytics.ingest_batches (created_at) WHERE inserted_at IS NULL;
CREATE INDEX ingest_batches_inserted_at ON analytics.ingest_batches (inserted_at);
--rollback DROP TABLE analytics.ingest_batches;
