--liquibase formatted sql

-- The relay publishes in the order of id and stamps a position without gaps; an unpublished row has none.
--changeset aula:technical-001-outbox
CREATE TABLE ${schema}.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    key text NOT NULL,
    envelope bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    position bigint UNIQUE
);
CREATE INDEX outbox_unpublished ON ${schema}.outbox (id) WHERE position IS NULL;
CREATE INDEX outbox_created_at ON ${schema}.outbox (created_at);
--rollback DROP TABLE ${schema}.outbox;

--changeset aula:technical-001-inbox
CREATE TABLE ${schema}.inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received_at ON ${schema}.inbox (received_at);
--rollback DROP TABLE ${schema}.inbox;

--changeset aula:technical-001-dead-letters
CREATE TABLE ${schema}.dead_letters (
    id uuid PRIMARY KEY,
    consumer text NOT NULL,
    stream text NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    key text NOT NULL,
    envelope bytea NOT NULL,
    error text NOT NULL,
    attempts int NOT NULL CHECK (attempts >= 0),
    failed_at timestamptz NOT NULL DEFAULT now(),
    replayed_at timestamptz,
    UNIQUE (consumer, event_id)
);
CREATE INDEX dead_letters_waiting ON ${schema}.dead_letters (failed_at) WHERE replayed_at IS NULL;
--rollback DROP TABLE ${schema}.dead_letters;
