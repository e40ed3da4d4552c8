--liquibase formatted sql

--changeset aula:courses-008-lesson-release
ALTER TABLE courses.lessons ADD COLUMN release_at timestamptz;
--rollback ALTER TABLE courses.lessons DROP COLUMN release_at;

-- Learners' progress refers to lessons, so that the row of a deleted one stays. It belongs to no section any more, which
-- hides it from every list and lets its section go.
--changeset aula:courses-008-deleted-lessons
ALTER TABLE courses.lessons ADD COLUMN deleted_at timestamptz;
ALTER TABLE courses.lessons ALTER COLUMN section_id DROP NOT NULL;
ALTER TABLE courses.lessons ADD CONSTRAINT lessons_section_while_living
    CHECK ((section_id IS NULL) = (deleted_at IS NOT NULL));
--rollback ALTER TABLE courses.lessons DROP CONSTRAINT lessons_section_while_living;
--rollback DELETE FROM courses.lessons WHERE section_id IS NULL;
--rollback ALTER TABLE courses.lessons ALTER COLUMN section_id SET NOT NULL;
--rollback ALTER TABLE courses.lessons DROP COLUMN deleted_at;

-- Lessons whose documents are still to be deleted, written with the deletion itself: no reference, the rows may be gone.
--changeset aula:courses-008-lesson-content-removals
CREATE TABLE courses.lesson_content_removals (
    lesson_id uuid PRIMARY KEY,
    requested_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX lesson_content_removals_requested ON courses.lesson_content_removals (requested_at);
--rollback DROP TABLE courses.lesson_content_removals;
