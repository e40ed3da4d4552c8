--liquibase formatted sql

-- Rows of the kernel's Saga. A saga that has not ended is due at the end of a lease, of a pause, or of the time that is
-- waited for an outcome. Courses and users have tables of their own for what they kept here.
--changeset aula:technical-003-sagas
DELETE FROM ${schema}.sagas WHERE kind <> 'registration';
ALTER TABLE ${schema}.sagas RENAME COLUMN lease_until TO due_at;
ALTER TABLE ${schema}.sagas
    DROP CONSTRAINT sagas_pkey,
    ADD PRIMARY KEY (kind, id),
    DROP COLUMN data,
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    ADD COLUMN step_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN failure text NOT NULL DEFAULT '',
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD CONSTRAINT sagas_state_check CHECK (state IN ('RUNNING', 'COMPENSATING', 'STUCK', 'COMPLETED', 'FAILED')),
    ADD CONSTRAINT sagas_due_check CHECK ((due_at IS NULL) = (state IN ('COMPLETED', 'FAILED')));
UPDATE ${schema}.sagas SET step = 'make user' WHERE kind = 'registration';
DROP INDEX ${schema}.sagas_state;
CREATE INDEX sagas_due ON ${schema}.sagas (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX sagas_ended ON ${schema}.sagas (kind, updated_at) WHERE due_at IS NULL;
--rollback DROP INDEX ${schema}.sagas_ended;
--rollback DROP INDEX ${schema}.sagas_due;
--rollback ALTER TABLE ${schema}.sagas
--rollback     DROP CONSTRAINT sagas_due_check,
--rollback     DROP CONSTRAINT sagas_state_check,
--rollback     DROP COLUMN version,
--rollback     DROP COLUMN failure,
--rollback     DROP COLUMN step_at,
--rollback     DROP COLUMN attempts,
--rollback     ADD COLUMN data jsonb NOT NULL DEFAULT '{}',
--rollback     DROP CONSTRAINT sagas_pkey,
--rollback     ADD PRIMARY KEY (id);
--rollback ALTER TABLE ${schema}.sagas RENAME COLUMN due_at TO lease_until;
--rollback CREATE INDEX sagas_state ON ${schema}.sagas (kind, state, lease_until);
