--liquibase formatted sql

-- What the platform itself asks for or gives cannot be deleted; institutions add their own beside it. Whoever seeds more
-- says built_in.
--changeset aula:auth-010-built-in
ALTER TABLE auth.roles
    ADD COLUMN built_in boolean NOT NULL DEFAULT false,
    ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE auth.permissions ADD COLUMN built_in boolean NOT NULL DEFAULT false;
UPDATE auth.roles SET built_in = true;
UPDATE auth.permissions SET built_in = true;
--rollback ALTER TABLE auth.permissions DROP COLUMN built_in;
--rollback ALTER TABLE auth.roles DROP COLUMN version, DROP COLUMN built_in;

--changeset aula:auth-010-permissions
INSERT INTO auth.permissions (name, description, built_in) VALUES
    ('roles:read', 'Read roles, permissions and who holds them', true),
    ('roles:write', 'Make and change roles, and give them to people', true);
INSERT INTO auth.role_permissions (role, permission) VALUES
    ('admin', 'roles:read'),
    ('admin', 'roles:write');
--rollback DELETE FROM auth.permissions WHERE name IN ('roles:read', 'roles:write');
