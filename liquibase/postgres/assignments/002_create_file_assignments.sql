--liquibase formatted sql

--changeset aula:assignments-002-file-assignments
CREATE TABLE assignments.file_assignments (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL,
    lesson_id uuid,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
    instructions text NOT NULL DEFAULT '',
    points integer NOT NULL DEFAULT 100 CHECK (points > 0),
    passing_score_percentage numeric(5, 2) NOT NULL DEFAULT 70 CHECK (passing_score_percentage BETWEEN 0 AND 100),
    open_at timestamptz,
    due_at timestamptz,
    late_accepted boolean NOT NULL DEFAULT false,
    late_penalty_percent_per_day numeric(5, 2) NOT NULL DEFAULT 0
        CHECK (late_penalty_percent_per_day BETWEEN 0 AND 100),
    late_max_penalty_percent numeric(5, 2) NOT NULL DEFAULT 100 CHECK (late_max_penalty_percent BETWEEN 0 AND 100),
    late_cut_off_seconds integer CHECK (late_cut_off_seconds > 0),
    file_extensions text[] NOT NULL DEFAULT '{}',
    max_file_bytes bigint NOT NULL DEFAULT 10485760 CHECK (max_file_bytes > 0),
    max_files integer NOT NULL DEFAULT 1 CHECK (max_files > 0),
    max_submissions integer NOT NULL DEFAULT 0 CHECK (max_submissions >= 0),
    mandatory boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    published_version integer NOT NULL DEFAULT 0 CHECK (published_version >= 0),
    published_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (due_at > open_at),
    CHECK ((status = 'DRAFT') = (published_version = 0)),
    CHECK ((published_version = 0) = (published_at IS NULL))
);
CREATE INDEX file_assignments_course ON assignments.file_assignments (course_id, id);
CREATE INDEX file_assignments_lesson ON assignments.file_assignments (lesson_id, id);
--rollback DROP TABLE assignments.file_assignments;

-- The criteria are a message of the contract, Rubric, as JSON.
--changeset aula:assignments-002-rubrics
CREATE TABLE assignments.rubrics (
    file_assignment_id uuid PRIMARY KEY REFERENCES assignments.file_assignments (id) ON DELETE CASCADE,
    criteria json NOT NULL
);
--rollback DROP TABLE assignments.rubrics;
