--liquibase formatted sql

-- What the catalogue is filtered by and pages through newest first; the other orders have indexes of their own.
--changeset aula:courses-012-catalogue
CREATE INDEX courses_published_category ON courses.courses (category_id, id)
    WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
CREATE INDEX courses_published_language ON courses.courses (language_code, id)
    WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
CREATE INDEX courses_featured ON courses.courses (id)
    WHERE featured AND status = 'PUBLISHED' AND deleted_at IS NULL;
--rollback DROP INDEX courses.courses_featured;
--rollback DROP INDEX courses.courses_published_language;
--rollback DROP INDEX courses.courses_published_category;
