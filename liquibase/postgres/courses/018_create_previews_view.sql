--liquibase formatted sql

-- Lessons that anyone may read.
--changeset aula:courses-018-previews-view
CREATE VIEW courses_api.previews AS
    SELECT lessons.id AS lesson_id, lessons.course_id
    FROM courses.lessons
    JOIN courses.courses ON courses.id = lessons.course_id
    WHERE lessons.preview AND courses.status = 'PUBLISHED' AND courses.deleted_at IS NULL;
--rollback DROP VIEW courses_api.previews;
