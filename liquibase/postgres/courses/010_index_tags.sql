--liquibase formatted sql

-- Tags page by page, also those that begin with a word.
--changeset aula:courses-010-tag-names
CREATE INDEX tags_name_order ON courses.tags ((lower(name::text) COLLATE "C"));
--rollback DROP INDEX courses.tags_name_order;
