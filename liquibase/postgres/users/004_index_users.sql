--liquibase formatted sql

-- The administrators' list, newest first, of the living and of the deleted.
--changeset aula:users-004-newest
CREATE INDEX users_newest ON users.users (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX users_deleted_newest ON users.users (created_at, id) WHERE deleted_at IS NOT NULL;
DROP INDEX users.users_created_at;
--rollback CREATE INDEX users_created_at ON users.users (created_at) WHERE deleted_at IS NULL;
--rollback DROP INDEX users.users_deleted_newest;
--rollback DROP INDEX users.users_newest;

-- By name: the first 40 characters decide, so that a page's token has a bound.
--changeset aula:users-004-names
CREATE INDEX users_names ON users.users (lower(left(last_name, 40)), lower(left(first_name, 40)), id)
    WHERE deleted_at IS NULL;
--rollback DROP INDEX users.users_names;

-- Parts of names, anywhere in them.
--changeset aula:users-004-name-parts
CREATE INDEX users_name_parts ON users.users
    USING gin (lower(first_name || ' ' || last_name) public.gin_trgm_ops);
--rollback DROP INDEX users.users_name_parts;
