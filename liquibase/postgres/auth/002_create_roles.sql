--liquibase formatted sql

--changeset aula:auth-002-roles
CREATE TABLE auth.roles (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,49}$'),
    description text NOT NULL DEFAULT ''
);
--rollback DROP TABLE auth.roles;

--changeset aula:auth-002-permissions
CREATE TABLE auth.permissions (
    name text PRIMARY KEY CHECK (name ~ '^[a-z_]+:[a-z_]+$'),
    description text NOT NULL DEFAULT ''
);
--rollback DROP TABLE auth.permissions;

--changeset aula:auth-002-role-permissions
CREATE TABLE auth.role_permissions (
    role text NOT NULL REFERENCES auth.roles (name) ON DELETE CASCADE,
    permission text NOT NULL REFERENCES auth.permissions (name) ON DELETE CASCADE,
    PRIMARY KEY (role, permission)
);
CREATE INDEX role_permissions_permission ON auth.role_permissions (permission);
--rollback DROP TABLE auth.role_permissions;

--changeset aula:auth-002-account-roles
CREATE TABLE auth.account_roles (
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    role text NOT NULL REFERENCES auth.roles (name),
    PRIMARY KEY (account_id, role)
);
CREATE INDEX account_roles_role ON auth.account_roles (role);
--rollback DROP TABLE auth.account_roles;

-- A grant or a denial for one account; a denial wins over what roles give.
--changeset aula:auth-002-account-permissions
CREATE TABLE auth.account_permissions (
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    permission text NOT NULL REFERENCES auth.permissions (name) ON DELETE CASCADE,
    granted boolean NOT NULL,
    PRIMARY KEY (account_id, permission)
);
CREATE INDEX account_permissions_permission ON auth.account_permissions (permission);
--rollback DROP TABLE auth.account_permissions;
