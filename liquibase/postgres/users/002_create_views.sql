--liquibase formatted sql

-- Without whatever tells who the person is.
--changeset aula:users-002-users-view
CREATE VIEW users_api.users AS
    SELECT id, language_code, time_zone, created_at, deleted_at FROM users.users;
--rollback DROP VIEW users_api.users;
