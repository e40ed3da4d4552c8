--liquibase formatted sql

-- Work for a file assignment. files and levels are the contract's Submission with only these, as JSON.
--changeset aula:grades-003-assignment-submissions
CREATE TABLE grades.assignment_submissions (
    id uuid PRIMARY KEY,
    file_assignment_id uuid NOT NULL REFERENCES assignments.file_assignments (id),
    assignment_version integer NOT NULL CHECK (assignment_version > 0),
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    lesson_id uuid REFERENCES courses.lessons (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    enrollment_id uuid NOT NULL REFERENCES enrollments.enrollments (id),
    submission_number integer NOT NULL CHECK (submission_number > 0),
    status text NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'GRADED', 'RETURNED')),
    files jsonb NOT NULL DEFAULT '{}',
    comment text NOT NULL DEFAULT '',
    late_penalty_percent numeric(5, 2) NOT NULL DEFAULT 0 CHECK (late_penalty_percent BETWEEN 0 AND 100),
    raw_score numeric(9, 2) NOT NULL DEFAULT 0 CHECK (raw_score >= 0),
    score numeric(9, 2) NOT NULL DEFAULT 0 CHECK (score BETWEEN 0 AND raw_score),
    max_score numeric(9, 2) NOT NULL CHECK (max_score >= raw_score),
    passed boolean,
    levels jsonb NOT NULL DEFAULT '{}',
    instructor_feedback text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    submitted_at timestamptz,
    graded_at timestamptz,
    graded_by uuid,
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (user_id, file_assignment_id, submission_number),
    CHECK ((status = 'DRAFT') = (submitted_at IS NULL)),
    CHECK ((status = 'GRADED') = (passed IS NOT NULL))
);
CREATE UNIQUE INDEX assignment_submissions_open ON grades.assignment_submissions (user_id, file_assignment_id)
    WHERE status IN ('DRAFT', 'SUBMITTED');
CREATE INDEX assignment_submissions_assignment ON grades.assignment_submissions (file_assignment_id, id);
CREATE INDEX assignment_submissions_course ON grades.assignment_submissions (course_id, id);
CREATE INDEX assignment_submissions_user ON grades.assignment_submissions (user_id, id);
CREATE INDEX assignment_submissions_lesson ON grades.assignment_submissions (lesson_id);
CREATE INDEX assignment_submissions_enrollment ON grades.assignment_submissions (enrollment_id);
--rollback DROP TABLE grades.assignment_submissions;
