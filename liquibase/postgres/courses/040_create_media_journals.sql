--liquibase formatted sql

-- Which assets were announced for a course that is being made, so that they can be deleted after a crash. The course's
-- row may not be there yet.
--changeset aula:courses-040-media-journals
CREATE TABLE courses.media_journals (
    course_id uuid PRIMARY KEY,
    asset_ids uuid[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
--rollback DROP TABLE courses.media_journals;
