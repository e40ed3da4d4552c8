--liquibase formatted sql

-- A version is written once: the document is the contract's QuizVersion or FileAssignmentVersion in protobuf's binary
-- form; the summary is LearnerQuiz, which has no keys. What grades were given for
-- must not change behind them, whoever writes here.
--changeset aula:assignments-003-refuse-update splitStatements:false
CREATE FUNCTION assignments.refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published versions do not change';
END
$$;
--rollback DROP FUNCTION assignments.refuse_update();

--changeset aula:assignments-003-quiz-versions
CREATE TABLE assignments.quiz_versions (
    quiz_id uuid NOT NULL REFERENCES assignments.quizzes (id) ON DELETE CASCADE,
    version integer NOT NULL CHECK (version > 0),
    course_id uuid NOT NULL,
    lesson_id uuid,
    title text NOT NULL,
    total_points integer NOT NULL,
    document bytea NOT NULL,
    summary bytea NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (quiz_id, version)
);
CREATE TRIGGER quiz_versions_written_once BEFORE UPDATE ON assignments.quiz_versions
    FOR EACH ROW EXECUTE FUNCTION assignments.refuse_update();
--rollback DROP TABLE assignments.quiz_versions;

--changeset aula:assignments-003-file-assignment-versions
CREATE TABLE assignments.file_assignment_versions (
    file_assignment_id uuid NOT NULL REFERENCES assignments.file_assignments (id) ON DELETE CASCADE,
    version integer NOT NULL CHECK (version > 0),
    course_id uuid NOT NULL,
    lesson_id uuid,
    title text NOT NULL,
    points integer NOT NULL,
    document bytea NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (file_assignment_id, version)
);
CREATE TRIGGER file_assignment_versions_written_once BEFORE UPDATE ON assignments.file_assignment_versions
    FOR EACH ROW EXECUTE FUNCTION assignments.refuse_update();
--rollback DROP TABLE assignments.file_assignment_versions;
