--liquibase formatted sql

-- A row without response is a call under way.
--changeset aula:technical-002-idempotency-keys
CREATE TABLE ${schema}.idempotency_keys (
    caller text NOT NULL,
    method text NOT NULL,
    request_id uuid NOT NULL,
    request_hash bytea NOT NULL,
    response bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, method, request_id)
);
CREATE INDEX idempotency_keys_created_at ON ${schema}.idempotency_keys (created_at);
--rollback DROP TABLE ${schema}.idempotency_keys;

--changeset aula:technical-002-operations
CREATE TABLE ${schema}.operations (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    done bigint NOT NULL DEFAULT 0 CHECK (done >= 0),
    total bigint NOT NULL DEFAULT 0 CHECK (total >= 0),
    resource_id uuid,
    issues jsonb NOT NULL DEFAULT '[]',
    issue_count bigint NOT NULL DEFAULT 0 CHECK (issue_count >= 0),
    failure text NOT NULL DEFAULT '',
    cancel_requested boolean NOT NULL DEFAULT false,
    input bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz
);
CREATE INDEX operations_owner ON ${schema}.operations (owner_id, created_at);
--rollback DROP TABLE ${schema}.operations;

--changeset aula:technical-002-sagas
CREATE TABLE ${schema}.sagas (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL,
    step text NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    lease_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sagas_state ON ${schema}.sagas (kind, state, lease_until);
--rollback DROP TABLE ${schema}.sagas;

-- The definition is db-scheduler's own.
--changeset aula:technical-002-scheduled-tasks
CREATE TABLE ${schema}.scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    state text,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX execution_time_idx ON ${schema}.scheduled_tasks (execution_time);
CREATE INDEX last_heartbeat_idx ON ${schema}.scheduled_tasks (last_heartbeat);
CREATE INDEX priority_execution_time_idx ON ${schema}.scheduled_tasks (priority DESC, execution_time ASC);
--rollback DROP TABLE ${schema}.scheduled_tasks;
