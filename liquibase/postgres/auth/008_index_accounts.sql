--liquibase formatted sql

-- Lists of accounts find by how an address or a name begins.
--changeset aula:auth-008-account-prefixes
CREATE INDEX accounts_email_prefix ON auth.accounts (lower(email::text) text_pattern_ops) WHERE deleted_at IS NULL;
CREATE INDEX accounts_username_prefix ON auth.accounts (lower(username::text) text_pattern_ops)
    WHERE deleted_at IS NULL;
--rollback DROP INDEX auth.accounts_username_prefix;
--rollback DROP INDEX auth.accounts_email_prefix;
