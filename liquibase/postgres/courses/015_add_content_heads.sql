--liquibase formatted sql

-- Which revisions of a lesson's content there are, the truth about it: a document above `latest` belongs to a change that
-- was never committed. What was written before there were revisions is revision 1, published; a lesson for which nothing
-- was written has no document of that number, which reads as nothing.
--changeset aula:courses-015-lesson-content-heads
CREATE TABLE courses.lesson_content_heads (
    lesson_id uuid PRIMARY KEY REFERENCES courses.lessons (id) ON DELETE CASCADE,
    latest integer NOT NULL CHECK (latest >= 0),
    published integer CHECK (published BETWEEN 1 AND latest),
    published_at timestamptz,
    CHECK ((published IS NULL) = (published_at IS NULL))
);
INSERT INTO courses.lesson_content_heads (lesson_id, latest, published, published_at)
    SELECT id, 1, 1, updated_at FROM courses.lessons WHERE deleted_at IS NULL;
--rollback DROP TABLE courses.lesson_content_heads;
