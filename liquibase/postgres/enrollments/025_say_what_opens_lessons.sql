--liquibase formatted sql

-- In which states the lessons may be read, once for every statement here and in the services that read the views. A
-- column that is worked out when it is read: the planner takes it for its condition, so that indexes serve it.
--changeset aula:enrollments-025-opens-lessons
ALTER TABLE enrollments.enrollments ADD COLUMN opens_lessons boolean
    GENERATED ALWAYS AS (status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED')) VIRTUAL;
--rollback ALTER TABLE enrollments.enrollments DROP COLUMN opens_lessons;

--changeset aula:enrollments-025-learners-view
CREATE OR REPLACE VIEW enrollments_api.learners AS
    SELECT k.user_id, k.course_id, e.id AS enrollment_id, e.status, e.expires_at, e.opens_lessons
    FROM enrollments.enrollment_keys k JOIN enrollments.enrollments e ON e.id = k.enrollment_id;
--rollback DROP VIEW enrollments_api.learners;
--rollback CREATE VIEW enrollments_api.learners AS SELECT k.user_id, k.course_id, e.id AS enrollment_id, e.status, e.expires_at FROM enrollments.enrollment_keys k JOIN enrollments.enrollments e ON e.id = k.enrollment_id;

-- For lessons that come first.
--changeset aula:enrollments-025-completed-lessons-view
CREATE VIEW enrollments_api.completed_lessons AS
    SELECT enrollment_id, lesson_id FROM enrollments.lesson_progress WHERE status = 'COMPLETED';
--rollback DROP VIEW enrollments_api.completed_lessons;
