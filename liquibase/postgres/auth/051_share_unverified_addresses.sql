--liquibase formatted sql

-- An address belongs to the account that has verified it. Others may name it too, until they verify it or another one:
-- nobody can keep an address from its owner by registering with it, and registering tells nobody whether it is known.
-- What is active, or was, counts as verified; of those that were put aside earlier nobody knows.
--changeset aula:auth-051-accounts-email-verified
ALTER TABLE auth.accounts ADD COLUMN email_verified boolean NOT NULL DEFAULT false;
UPDATE auth.accounts SET email_verified = true WHERE status <> 'PENDING_VERIFICATION';
DROP INDEX auth.accounts_email_living;
CREATE UNIQUE INDEX accounts_email_living ON auth.accounts (email)
    WHERE deleted_at IS NULL AND (status = 'ACTIVE' OR email_verified);
CREATE INDEX accounts_email_unverified ON auth.accounts (email, created_at)
    WHERE deleted_at IS NULL AND NOT (status = 'ACTIVE' OR email_verified);
--rollback DROP INDEX auth.accounts_email_unverified;
--rollback DROP INDEX auth.accounts_email_living;
--rollback ALTER TABLE auth.accounts DROP COLUMN email_verified;
--rollback CREATE UNIQUE INDEX accounts_email_living ON auth.accounts (email) WHERE deleted_at IS NULL;

-- When the owner of an account was last told that somebody registered with its address.
--changeset aula:auth-051-registration-notices
CREATE TABLE auth.registration_notices (
    account_id uuid PRIMARY KEY REFERENCES auth.accounts (id) ON DELETE CASCADE,
    told_at timestamptz NOT NULL
);
--rollback DROP TABLE auth.registration_notices;

-- Who searches by an address sees whose it is.
--changeset aula:auth-051-account-contacts-verified
CREATE OR REPLACE VIEW auth_api.account_contacts AS
    SELECT id, email, username, (status = 'ACTIVE' OR email_verified) AS email_verified
    FROM auth.accounts WHERE deleted_at IS NULL;
--rollback DROP VIEW auth_api.account_contacts;
--rollback CREATE VIEW auth_api.account_contacts AS SELECT id, email, username FROM auth.accounts WHERE deleted_at IS NULL;
