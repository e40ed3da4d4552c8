--liquibase formatted sql

--changeset aula:auth-004-roles
INSERT INTO auth.roles (name, description) VALUES
    ('student', 'Learns'),
    ('instructor', 'Writes and teaches courses'),
    ('tutor', 'Gives lessons to single learners'),
    ('admin', 'Runs the platform');
--rollback DELETE FROM auth.account_roles WHERE role IN ('student', 'instructor', 'tutor', 'admin');
--rollback DELETE FROM auth.roles WHERE name IN ('student', 'instructor', 'tutor', 'admin');

--changeset aula:auth-004-permissions
INSERT INTO auth.permissions (name, description) VALUES
    ('courses:create', 'Make courses of one''s own'),
    ('courses:read', 'Read every course, also drafts'),
    ('courses:write', 'Change every course'),
    ('courses:publish', 'Publish courses and give them back'),
    ('categories:write', 'Make and change categories'),
    ('content:create', 'Upload files of one''s own'),
    ('content:write', 'Change and delete every file'),
    ('users:read', 'Read every user'),
    ('users:write', 'Change every user'),
    ('enrollments:read', 'Read every enrolment'),
    ('analytics:read', 'Read the activity of every course'),
    ('operations:read', 'Read every long-running operation'),
    ('operations:write', 'Cancel every long-running operation');
--rollback DELETE FROM auth.permissions WHERE name IN ('courses:create', 'courses:read', 'courses:write', 'courses:publish', 'categories:write', 'content:create', 'content:write', 'users:read', 'users:write', 'enrollments:read', 'analytics:read', 'operations:read', 'operations:write');

-- Owners change their own courses and files through ownership: these permissions reach further.
--changeset aula:auth-004-role-permissions
INSERT INTO auth.role_permissions (role, permission) VALUES
    ('instructor', 'courses:create'),
    ('instructor', 'content:create');
INSERT INTO auth.role_permissions (role, permission) SELECT 'admin', name FROM auth.permissions;
--rollback DELETE FROM auth.role_permissions WHERE role IN ('instructor', 'admin');
