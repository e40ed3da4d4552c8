--liquibase formatted sql

--changeset aula:auth-030-certificate-revocation
INSERT INTO auth.permissions (name, description, built_in) VALUES
    ('certificates:revoke', 'Take back every certificate', true);
INSERT INTO auth.role_permissions (role, permission) VALUES ('admin', 'certificates:revoke');
--rollback DELETE FROM auth.role_permissions WHERE permission = 'certificates:revoke';
--rollback DELETE FROM auth.permissions WHERE name = 'certificates:revoke';
