--liquibase formatted sql

-- No address, no name, no hash: others need to know only that an account exists and where it stands.
--changeset aula:auth-005-accounts-view
CREATE VIEW auth_api.accounts AS
    SELECT id, status, created_at, deleted_at FROM auth.accounts;
--rollback DROP VIEW auth_api.accounts;
