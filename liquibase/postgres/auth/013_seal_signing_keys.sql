--liquibase formatted sql

-- Private keys are sealed by the service. It seals those that it finds in clear, which no statement here could: the
-- sealing key is a file of the service's.
--changeset aula:auth-013-sealed-keys
ALTER TABLE auth.signing_keys
    ADD COLUMN sealed_private_jwk bytea,
    ALTER COLUMN private_jwk DROP NOT NULL,
    ADD CONSTRAINT signing_keys_private CHECK (num_nonnulls(private_jwk, sealed_private_jwk) = 1);
--rollback DELETE FROM auth.signing_keys WHERE private_jwk IS NULL;
--rollback ALTER TABLE auth.signing_keys DROP CONSTRAINT signing_keys_private, DROP COLUMN sealed_private_jwk, ALTER COLUMN private_jwk SET NOT NULL;

-- A new key is published some time before it signs, so that nobody meets a token whose key they cannot get.
--changeset aula:auth-013-signs-at
ALTER TABLE auth.signing_keys ADD COLUMN signs_at timestamptz NOT NULL DEFAULT now();
UPDATE auth.signing_keys SET signs_at = created_at;
--rollback ALTER TABLE auth.signing_keys DROP COLUMN signs_at;
