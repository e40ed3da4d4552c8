--liquibase formatted sql

--changeset aula:users-003-preference-versions
ALTER TABLE users.user_preferences ADD COLUMN version bigint NOT NULL DEFAULT 1;
--rollback ALTER TABLE users.user_preferences DROP COLUMN version;
