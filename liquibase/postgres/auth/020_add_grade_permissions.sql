--liquibase formatted sql

--changeset aula:auth-020-grade-permissions
INSERT INTO auth.permissions (name, description) VALUES
    ('grades:read', 'Read every attempt, submission and grade'),
    ('grades:write', 'Grade in every course') ON CONFLICT DO NOTHING;
INSERT INTO auth.role_permissions (role, permission) VALUES
    ('admin', 'grades:read'), ('admin', 'grades:write') ON CONFLICT DO NOTHING;
--rollback DELETE FROM auth.permissions WHERE name IN ('grades:read', 'grades:write');
