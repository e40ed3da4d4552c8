--liquibase formatted sql

-- One row for each token of a device's session (a family). A token that was used names its successor; one that is used
-- again ends its family.
--changeset aula:auth-003-refresh-tokens
CREATE TABLE auth.refresh_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    family_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    device_name text NOT NULL DEFAULT '' CHECK (length(device_name) <= 100),
    ip_address inet,
    user_agent text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    successor_id uuid REFERENCES auth.refresh_tokens (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    CHECK (expires_at > created_at)
);
CREATE INDEX refresh_tokens_account ON auth.refresh_tokens (account_id, created_at);
CREATE INDEX refresh_tokens_family ON auth.refresh_tokens (family_id);
CREATE INDEX refresh_tokens_expires_at ON auth.refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_successor ON auth.refresh_tokens (successor_id);
--rollback DROP TABLE auth.refresh_tokens;

--changeset aula:auth-003-signing-keys
CREATE TABLE auth.signing_keys (
    kid text PRIMARY KEY,
    private_jwk text NOT NULL,
    public_jwk text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
);
CREATE INDEX signing_keys_living ON auth.signing_keys (created_at) WHERE retired_at IS NULL;
--rollback DROP TABLE auth.signing_keys;
