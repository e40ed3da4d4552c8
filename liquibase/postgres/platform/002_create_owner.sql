--liquibase formatted sql

-- A role belongs to the whole cluster: another database of it may need it still, so that the rollback leaves it.
--changeset aula:platform-002-owner splitStatements:false
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aula_owner') THEN
        CREATE ROLE aula_owner NOLOGIN;
    END IF;
END
$$;
--rollback empty
