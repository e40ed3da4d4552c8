--liquibase formatted sql

-- Nothing ever wrote or read them: what a lesson shows is found by its heads, and a lesson is addressed by its id.
--changeset aula:courses-050-dead-lesson-columns
ALTER TABLE courses.lessons DROP COLUMN slug, DROP COLUMN content_ref;
--rollback ALTER TABLE courses.lessons ADD COLUMN slug text NOT NULL DEFAULT '' CHECK (length(slug) <= 300);
--rollback ALTER TABLE courses.lessons ADD COLUMN content_ref text NOT NULL DEFAULT '';
