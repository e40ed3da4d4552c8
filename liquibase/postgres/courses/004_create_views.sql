--liquibase formatted sql

--changeset aula:courses-004-courses-view
CREATE VIEW courses_api.courses AS
    SELECT id, instructor_id, status, price_minor, currency_code, version FROM courses.courses WHERE deleted_at IS NULL;
--rollback DROP VIEW courses_api.courses;

--changeset aula:courses-004-lessons-view
CREATE VIEW courses_api.lessons AS
    SELECT id, course_id, section_id, mandatory FROM courses.lessons;
--rollback DROP VIEW courses_api.lessons;
