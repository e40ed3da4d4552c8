--liquibase formatted sql

-- The order of people in lists, by last name and first name; the triggers are for writers that know no keys.
--changeset aula:users-030-users
ALTER TABLE users.users ADD COLUMN sort_key bytea;
UPDATE users.users SET sort_key = public.fallback_sort_key(last_name || ' ' || first_name);
ALTER TABLE users.users ALTER COLUMN sort_key SET NOT NULL;
CREATE TRIGGER users_fallback_on_insert BEFORE INSERT ON users.users FOR EACH ROW
    WHEN (NEW.sort_key IS NULL) EXECUTE FUNCTION public.set_fallback_sort_key('last_name', 'first_name');
CREATE TRIGGER users_fallback_on_update BEFORE UPDATE OF last_name, first_name ON users.users FOR EACH ROW
    WHEN ((NEW.last_name <> OLD.last_name OR NEW.first_name <> OLD.first_name) AND NEW.sort_key = OLD.sort_key)
    EXECUTE FUNCTION public.set_fallback_sort_key('last_name', 'first_name');
CREATE INDEX users_sort_key ON users.users (sort_key, id);
--rollback DROP TRIGGER users_fallback_on_update ON users.users;
--rollback DROP TRIGGER users_fallback_on_insert ON users.users;
--rollback ALTER TABLE users.users DROP COLUMN sort_key;

--changeset aula:users-030-old-order
DROP INDEX users.users_names;
--rollback CREATE INDEX users_names ON users.users (lower(left(last_name, 40)), lower(left(first_name, 40)), id) WHERE deleted_at IS NULL;
