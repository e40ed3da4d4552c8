--liquibase formatted sql

-- Programs of others that call for themselves, and how they show who they are: by one of two secrets at most, or by
-- assertions that a key of theirs has signed. An assertion is good once.
--changeset aula:auth-060-partners
CREATE TABLE auth.partners (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 50),
    jwks text CHECK (length(jwks) <= 10000),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE TABLE auth.partner_secrets (
    id uuid PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES auth.partners (id) ON DELETE CASCADE,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX partner_secrets_partner ON auth.partner_secrets (partner_id);
CREATE TABLE auth.partner_assertions (
    partner_id uuid NOT NULL REFERENCES auth.partners (id) ON DELETE CASCADE,
    jti text NOT NULL CHECK (length(jti) BETWEEN 1 AND 255),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (partner_id, jti)
);
--rollback DROP TABLE auth.partner_assertions, auth.partner_secrets, auth.partners;

--changeset aula:auth-060-partner-permission
INSERT INTO auth.permissions (name, description, built_in) VALUES
    ('partners:write', 'See, make and revoke partners', true) ON CONFLICT DO NOTHING;
INSERT INTO auth.role_permissions (role, permission) VALUES ('admin', 'partners:write') ON CONFLICT DO NOTHING;
--rollback DELETE FROM auth.role_permissions WHERE permission = 'partners:write';
--rollback DELETE FROM auth.permissions WHERE name = 'partners:write';
