--liquibase formatted sql

-- The catalogue by title, page by page.
--changeset aula:courses-006-titles
CREATE INDEX courses_title_order ON courses.courses (lower(title), id)
    WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
--rollback DROP INDEX courses.courses_title_order;
