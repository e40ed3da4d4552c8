--liquibase formatted sql

-- An account that is deleted gives its address and its name free: both are unique among the living.
--changeset aula:auth-001-accounts
CREATE TABLE auth.accounts (
    id uuid PRIMARY KEY,
    email citext NOT NULL CHECK (length(email) <= 254 AND position('@' IN email) > 1),
    username citext CHECK (length(username) BETWEEN 1 AND 100),
    password_hash text NOT NULL,
    status text NOT NULL CHECK (status IN ('PENDING_VERIFICATION', 'ACTIVE', 'INACTIVE', 'SUSPENDED')),
    version bigint NOT NULL DEFAULT 1,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE UNIQUE INDEX accounts_email_living ON auth.accounts (email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX accounts_username_living ON auth.accounts (username) WHERE deleted_at IS NULL;
CREATE INDEX accounts_status ON auth.accounts (status, id) WHERE deleted_at IS NULL;
--rollback DROP TABLE auth.accounts;

-- What a person said when registering, kept only until the users service has made the user.
--changeset aula:auth-001-registrations
CREATE TABLE auth.registrations (
    account_id uuid PRIMARY KEY REFERENCES auth.accounts (id) ON DELETE CASCADE,
    first_name text NOT NULL CHECK (length(first_name) <= 100),
    last_name text NOT NULL CHECK (length(last_name) <= 100),
    language_code text NOT NULL CHECK (length(language_code) <= 35),
    time_zone text NOT NULL CHECK (length(time_zone) <= 64),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX registrations_created_at ON auth.registrations (created_at);
--rollback DROP TABLE auth.registrations;
