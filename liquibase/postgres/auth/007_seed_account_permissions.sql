--liquibase formatted sql

--changeset aula:auth-007-permissions
INSERT INTO auth.permissions (name, description) VALUES
    ('accounts:read', 'Read every account'),
    ('accounts:write', 'Put accounts aside, bar them and let them in again'),
    ('audit:read', 'Read who changed what'),
    ('notifications:read', 'Read every delivery'),
    ('notifications:write', 'Send deliveries again');
--rollback DELETE FROM auth.permissions WHERE name IN ('accounts:read', 'accounts:write', 'audit:read', 'notifications:read', 'notifications:write');

--changeset aula:auth-007-role-permissions
INSERT INTO auth.role_permissions (role, permission) VALUES
    ('admin', 'accounts:read'),
    ('admin', 'accounts:write'),
    ('admin', 'audit:read'),
    ('admin', 'notifications:read'),
    ('admin', 'notifications:write');
--rollback DELETE FROM auth.role_permissions WHERE role = 'admin' AND permission IN ('accounts:read', 'accounts:write', 'audit:read', 'notifications:read', 'notifications:write');
