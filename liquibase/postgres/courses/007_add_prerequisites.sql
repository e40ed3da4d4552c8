--liquibase formatted sql

-- What is to be completed before. No row leads back to itself by any way: whoever writes looks first, one at a time.
--changeset aula:courses-007-course-prerequisites
CREATE TABLE courses.course_prerequisites (
    course_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    prerequisite_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    PRIMARY KEY (course_id, prerequisite_id),
    CHECK (course_id <> prerequisite_id)
);
CREATE INDEX course_prerequisites_prerequisite ON courses.course_prerequisites (prerequisite_id);
--rollback DROP TABLE courses.course_prerequisites;

--changeset aula:courses-007-lesson-prerequisites
CREATE TABLE courses.lesson_prerequisites (
    lesson_id uuid NOT NULL REFERENCES courses.lessons (id) ON DELETE CASCADE,
    prerequisite_id uuid NOT NULL REFERENCES courses.lessons (id) ON DELETE CASCADE,
    PRIMARY KEY (lesson_id, prerequisite_id),
    CHECK (lesson_id <> prerequisite_id)
);
CREATE INDEX lesson_prerequisites_prerequisite ON courses.lesson_prerequisites (prerequisite_id);
--rollback DROP TABLE courses.lesson_prerequisites;
