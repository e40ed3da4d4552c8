--liquibase formatted sql

--changeset aula:assignments-004-quizzes-view
CREATE VIEW assignments_api.quizzes AS
    SELECT id, course_id, status, published_version FROM assignments.quizzes WHERE status <> 'DRAFT';
--rollback DROP VIEW assignments_api.quizzes;

--changeset aula:assignments-004-quiz-versions-view
CREATE VIEW assignments_api.quiz_versions AS
    SELECT quiz_id, version, course_id, lesson_id, title, total_points, document, summary, published_at
    FROM assignments.quiz_versions;
--rollback DROP VIEW assignments_api.quiz_versions;

--changeset aula:assignments-004-file-assignments-view
CREATE VIEW assignments_api.file_assignments AS
    SELECT id, course_id, status, published_version
    FROM assignments.file_assignments WHERE status <> 'DRAFT';
--rollback DROP VIEW assignments_api.file_assignments;

--changeset aula:assignments-004-file-assignment-versions-view
CREATE VIEW assignments_api.file_assignment_versions AS
    SELECT file_assignment_id, version, course_id, lesson_id, title, points, document, published_at
    FROM assignments.file_assignment_versions;
--rollback DROP VIEW assignments_api.file_assignment_versions;
