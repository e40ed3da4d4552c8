--liquibase formatted sql

--changeset aula:auth-016-enrollment-grants
INSERT INTO auth.permissions (name, description) VALUES
    ('enrollments:grant', 'Enrol others, and take them out again') ON CONFLICT DO NOTHING;
INSERT INTO auth.role_permissions (role, permission) VALUES ('admin', 'enrollments:grant') ON CONFLICT DO NOTHING;
--rollback DELETE FROM auth.permissions WHERE name = 'enrollments:grant';
