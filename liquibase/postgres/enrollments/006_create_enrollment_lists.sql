--liquibase formatted sql

--changeset aula:enrollments-006-enrollment-lists
CREATE TABLE enrollments.enrollment_lists (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES auth.accounts (id),
    course_id uuid REFERENCES courses.courses (id),
    waive_prerequisites boolean NOT NULL,
    part_count integer NOT NULL DEFAULT 0,
    size_bytes bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);
CREATE INDEX enrollment_lists_owner ON enrollments.enrollment_lists (owner_id);
CREATE INDEX enrollment_lists_course ON enrollments.enrollment_lists (course_id);
CREATE INDEX enrollment_lists_created_at ON enrollments.enrollment_lists (created_at);
--rollback DROP TABLE enrollments.enrollment_lists;

-- Bytes of a CSV, which may end anywhere.
--changeset aula:enrollments-006-enrollment-list-parts
CREATE TABLE enrollments.enrollment_list_parts (
    list_id uuid NOT NULL REFERENCES enrollments.enrollment_lists (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    csv bytea NOT NULL,
    PRIMARY KEY (list_id, number)
);
--rollback DROP TABLE enrollments.enrollment_list_parts;

-- How far an operation is, written with the enrolments of each batch: a run after a crash goes on behind them.
--changeset aula:enrollments-006-enrollment-list-runs
CREATE TABLE enrollments.enrollment_list_runs (
    operation_id uuid PRIMARY KEY,
    list_id uuid NOT NULL REFERENCES enrollments.enrollment_lists (id) ON DELETE CASCADE,
    records bigint NOT NULL DEFAULT 0,
    enrolled bigint NOT NULL DEFAULT 0,
    issue_count bigint NOT NULL DEFAULT 0
);
CREATE INDEX enrollment_list_runs_list ON enrollments.enrollment_list_runs (list_id);
--rollback DROP TABLE enrollments.enrollment_list_runs;

--changeset aula:enrollments-006-enrollment-list-issues
CREATE TABLE enrollments.enrollment_list_issues (
    operation_id uuid NOT NULL REFERENCES enrollments.enrollment_list_runs (operation_id) ON DELETE CASCADE,
    line bigint NOT NULL,
    element text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (operation_id, line)
);
--rollback DROP TABLE enrollments.enrollment_list_issues;
