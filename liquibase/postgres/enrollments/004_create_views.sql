--liquibase formatted sql

--changeset aula:enrollments-004-enrollments-view
CREATE VIEW enrollments_api.enrollments AS
    SELECT id, user_id, course_id, status, source, progress_percentage, created_at, completed_at, version
    FROM enrollments.enrollments;
--rollback DROP VIEW enrollments_api.enrollments;
