--liquibase formatted sql

-- The secret is sealed by the service, so that the database alone makes no codes. It counts from its confirmation on.
-- A step of 30 seconds is good for one code.
--changeset aula:auth-012-second-factors
CREATE TABLE auth.second_factors (
    account_id uuid PRIMARY KEY REFERENCES auth.accounts (id) ON DELETE CASCADE,
    sealed_secret bytea NOT NULL,
    last_used_step bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    CHECK (confirmed_at IS NULL OR last_used_step IS NOT NULL)
);
--rollback DROP TABLE auth.second_factors;

-- SHA-256 of 80 random bits: nothing that could be guessed, so nothing slower is needed.
--changeset aula:auth-012-recovery-codes
CREATE TABLE auth.recovery_codes (
    account_id uuid NOT NULL REFERENCES auth.second_factors (account_id) ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);
--rollback DROP TABLE auth.recovery_codes;

-- The question after the password, for five minutes and five answers.
--changeset aula:auth-012-login-challenges
CREATE TABLE auth.login_challenges (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES auth.accounts (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    device_name text NOT NULL DEFAULT '' CHECK (length(device_name) <= 100),
    failures integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX login_challenges_account ON auth.login_challenges (account_id, created_at);
--rollback DROP TABLE auth.login_challenges;
