--liquibase formatted sql

-- A view takes new columns at its end only.
--changeset aula:courses-009-courses-view
CREATE OR REPLACE VIEW courses_api.courses AS
    SELECT id, instructor_id, status, price_minor, currency_code, version, title, max_students, published_at
    FROM courses.courses WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.courses;
--rollback CREATE VIEW courses_api.courses AS SELECT id, instructor_id, status, price_minor, currency_code, version FROM courses.courses WHERE deleted_at IS NULL;

--changeset aula:courses-009-lessons-view
CREATE OR REPLACE VIEW courses_api.lessons AS
    SELECT id, course_id, section_id, mandatory, release_at FROM courses.lessons WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.lessons;
--rollback CREATE VIEW courses_api.lessons AS SELECT id, course_id, section_id, mandatory FROM courses.lessons;

--changeset aula:courses-009-course-prerequisites-view
CREATE VIEW courses_api.course_prerequisites AS
    SELECT course_id, prerequisite_id FROM courses.course_prerequisites;
--rollback DROP VIEW courses_api.course_prerequisites;

--changeset aula:courses-009-lesson-prerequisites-view
CREATE VIEW courses_api.lesson_prerequisites AS
    SELECT lesson_id, prerequisite_id FROM courses.lesson_prerequisites;
--rollback DROP VIEW courses_api.lesson_prerequisites;
