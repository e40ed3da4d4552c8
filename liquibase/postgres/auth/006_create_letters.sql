--liquibase formatted sql

-- Tokens are kept as SHA-256 only; the service makes each of its row's id and a key that is not in the database. A
-- verification carries the address, so that it also serves a change of address.
--changeset aula:auth-006-email-verification-tokens
CREATE TABLE auth.email_verification_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    email citext NOT NULL CHECK (length(email) <= 254 AND position('@' IN email) > 1),
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    used_at timestamptz,
    replaced_at timestamptz
);
CREATE INDEX email_verification_tokens_account ON auth.email_verification_tokens (account_id, created_at);
CREATE INDEX email_verification_tokens_open ON auth.email_verification_tokens (email, created_at)
    WHERE used_at IS NULL AND replaced_at IS NULL;
CREATE INDEX email_verification_tokens_expires_at ON auth.email_verification_tokens (expires_at);
--rollback DROP TABLE auth.email_verification_tokens;

--changeset aula:auth-006-password-reset-tokens
CREATE TABLE auth.password_reset_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    used_at timestamptz,
    replaced_at timestamptz
);
CREATE INDEX password_reset_tokens_account ON auth.password_reset_tokens (account_id, created_at);
CREATE INDEX password_reset_tokens_expires_at ON auth.password_reset_tokens (expires_at);
--rollback DROP TABLE auth.password_reset_tokens;

-- The address before a change, only until its notice has surely been written.
--changeset aula:auth-006-email-changes
CREATE TABLE auth.email_changes (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    former_email citext NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX email_changes_account ON auth.email_changes (account_id);
CREATE INDEX email_changes_changed_at ON auth.email_changes (changed_at);
--rollback DROP TABLE auth.email_changes;

-- What a visitor asked for, until it is looked at behind the answer: the answer is the same whether the address is
-- known or not, and so is its time.
--changeset aula:auth-006-letter-requests
CREATE TABLE auth.letter_requests (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET')),
    email citext NOT NULL CHECK (length(email) <= 254),
    created_at timestamptz NOT NULL
);
CREATE INDEX letter_requests_created_at ON auth.letter_requests (created_at);
--rollback DROP TABLE auth.letter_requests;
