--liquibase formatted sql

--changeset aula:auth-015-review-moderation
INSERT INTO auth.permissions (name, description) VALUES
    ('reviews:moderate', 'Hide and delete every review') ON CONFLICT DO NOTHING;
INSERT INTO auth.role_permissions (role, permission) VALUES ('admin', 'reviews:moderate') ON CONFLICT DO NOTHING;
--rollback DELETE FROM auth.permissions WHERE name = 'reviews:moderate';
