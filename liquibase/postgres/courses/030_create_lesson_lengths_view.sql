--liquibase formatted sql

-- For the rule by which a video counts as watched.
--changeset aula:courses-030-lesson-lengths-view
CREATE VIEW courses_api.lesson_lengths AS
    SELECT id, type, duration_seconds FROM courses.lessons WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.lesson_lengths;
