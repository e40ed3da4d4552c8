--liquibase formatted sql

-- Registrations of which nothing is left, so that it is told once and nothing is made of them any more. Their accounts
-- are gone.
--changeset aula:users-021-undone-registrations
CREATE TABLE users.undone_registrations (
    id uuid PRIMARY KEY,
    undone_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO users.undone_registrations (id, undone_at) SELECT id, created_at FROM users.sagas;
DELETE FROM users.sagas;
--rollback INSERT INTO users.sagas (id, kind, state, step, created_at)
--rollback     SELECT id, 'registration', 'FAILED', 'undone', undone_at FROM users.undone_registrations;
--rollback DROP TABLE users.undone_registrations;
