--liquibase formatted sql

-- What kind of lesson each is, for those whose work belongs into lessons of one kind.
--changeset aula:courses-025-lesson-types-view
CREATE VIEW courses_api.lesson_types AS
    SELECT id AS lesson_id, course_id, type FROM courses.lessons WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.lesson_types;
