--liquibase formatted sql

-- Who may know a course and read its lessons is asked of these views by every service: services/course-access has the
-- question, the owners of the tables the words.
--changeset aula:courses-035-courses-view
CREATE OR REPLACE VIEW courses_api.courses AS
    SELECT id, instructor_id, status, price_minor, currency_code, version, title, max_students, published_at,
        status = 'PUBLISHED' AS in_catalog
    FROM courses.courses WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.courses;
--rollback CREATE VIEW courses_api.courses AS SELECT id, instructor_id, status, price_minor, currency_code, version, title, max_students, published_at FROM courses.courses WHERE deleted_at IS NULL;

--changeset aula:courses-035-lessons-view
CREATE OR REPLACE VIEW courses_api.lessons AS
    SELECT id, course_id, section_id, mandatory, release_at, preview FROM courses.lessons WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.lessons;
--rollback CREATE VIEW courses_api.lessons AS SELECT id, course_id, section_id, mandatory, release_at FROM courses.lessons WHERE deleted_at IS NULL;

-- It knew neither times of release nor that a lesson was deleted, and nobody asks it any more.
--changeset aula:courses-035-drop-previews-view
DROP VIEW courses_api.previews;
--rollback CREATE VIEW courses_api.previews AS SELECT lessons.id AS lesson_id, lessons.course_id FROM courses.lessons JOIN courses.courses ON courses.id = lessons.course_id WHERE lessons.preview AND courses.status = 'PUBLISHED' AND courses.deleted_at IS NULL;
