--liquibase formatted sql

-- Counts of attempts while Redis is unavailable; rows whose window is over are swept.
--changeset aula:auth-050-rate-limits
CREATE TABLE auth.rate_limits (
    key text PRIMARY KEY CHECK (length(key) <= 200),
    count bigint NOT NULL CHECK (count > 0),
    ends_at timestamptz NOT NULL
);
CREATE INDEX rate_limits_ends_at ON auth.rate_limits (ends_at);
--rollback DROP TABLE auth.rate_limits;
