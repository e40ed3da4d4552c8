--liquibase formatted sql

-- Versions that were published before stay as they were: not to be passed.
--changeset aula:assignments-005-mandatory-versions
ALTER TABLE assignments.quiz_versions ADD COLUMN mandatory boolean NOT NULL DEFAULT false;
ALTER TABLE assignments.file_assignment_versions ADD COLUMN mandatory boolean NOT NULL DEFAULT false;
CREATE INDEX quiz_versions_mandatory ON assignments.quiz_versions (lesson_id) WHERE mandatory;
CREATE INDEX file_assignment_versions_mandatory ON assignments.file_assignment_versions (lesson_id) WHERE mandatory;
--rollback ALTER TABLE assignments.file_assignment_versions DROP COLUMN mandatory;
--rollback ALTER TABLE assignments.quiz_versions DROP COLUMN mandatory;

-- Lessons that nobody completes by hand, because what is in them has to be passed.
--changeset aula:assignments-005-lessons-to-pass-view
CREATE VIEW assignments_api.lessons_to_pass AS
    SELECT v.lesson_id
    FROM assignments.quizzes q
    JOIN assignments.quiz_versions v ON v.quiz_id = q.id AND v.version = q.published_version
    WHERE q.status = 'PUBLISHED' AND v.mandatory AND v.lesson_id IS NOT NULL
    UNION ALL
    SELECT v.lesson_id
    FROM assignments.file_assignments a
    JOIN assignments.file_assignment_versions v ON v.file_assignment_id = a.id AND v.version = a.published_version
    WHERE a.status = 'PUBLISHED' AND v.mandatory AND v.lesson_id IS NOT NULL;
--rollback DROP VIEW assignments_api.lessons_to_pass;
