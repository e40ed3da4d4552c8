--liquibase formatted sql

-- For what is printed on certificates, and nothing else.
--changeset aula:users-020-user-names-view
CREATE VIEW users_api.user_names AS
    SELECT id, first_name, last_name FROM users.users WHERE deleted_at IS NULL;
--rollback DROP VIEW users_api.user_names;
