--liquibase formatted sql

-- The column stays, and the index on it; all rows are written anew, while readers and writers of courses wait.
--changeset aula:courses-041-search
ALTER TABLE courses.courses ALTER COLUMN search SET EXPRESSION AS (
    setweight(public.search_vector(title), 'A')
        || setweight(public.search_vector(short_description), 'B')
        || setweight(public.search_vector(public.search_html(full_description)), 'C'));
--rollback ALTER TABLE courses.courses ALTER COLUMN search SET EXPRESSION AS (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', short_description), 'B'));
