--liquibase formatted sql

-- When a token's session began: the first tokens of a long session are gone by then. Rows that a service of before adds
-- while it is replaced have none, and their own time stands in.
--changeset aula:auth-011-session-begin
ALTER TABLE auth.refresh_tokens ADD COLUMN session_began_at timestamptz;
UPDATE auth.refresh_tokens token
SET session_began_at = (SELECT min(first.created_at) FROM auth.refresh_tokens first
                        WHERE first.family_id = token.family_id);
--rollback ALTER TABLE auth.refresh_tokens DROP COLUMN session_began_at;

-- A session that lives has one token that was not used.
--changeset aula:auth-011-living-sessions
CREATE INDEX refresh_tokens_living ON auth.refresh_tokens (account_id, created_at)
    WHERE used_at IS NULL AND revoked_at IS NULL;
--rollback DROP INDEX auth.refresh_tokens_living;
