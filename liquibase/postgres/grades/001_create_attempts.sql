--liquibase formatted sql

-- An attempt. Which questions it has, and in which order, follows from quiz_version and seed. end_at is when its time is
-- over; regraded_version is the version by whose keys it was graded last, when that is not its own.
--changeset aula:grades-001-quiz-submissions
CREATE TABLE grades.quiz_submissions (
    id uuid PRIMARY KEY,
    quiz_id uuid NOT NULL REFERENCES assignments.quizzes (id),
    quiz_version integer NOT NULL CHECK (quiz_version > 0),
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    lesson_id uuid REFERENCES courses.lessons (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    enrollment_id uuid NOT NULL REFERENCES enrollments.enrollments (id),
    request_id uuid NOT NULL,
    attempt_number integer NOT NULL CHECK (attempt_number > 0),
    status text NOT NULL CHECK (status IN ('IN_PROGRESS', 'SUBMITTED', 'GRADED')),
    seed bigint NOT NULL,
    score numeric(9, 2) NOT NULL DEFAULT 0 CHECK (score >= 0),
    max_score numeric(9, 2) NOT NULL CHECK (max_score >= score),
    passed boolean,
    time_spent_seconds integer CHECK (time_spent_seconds >= 0),
    started_at timestamptz NOT NULL,
    end_at timestamptz,
    submitted_at timestamptz,
    timed_out boolean NOT NULL DEFAULT false,
    graded_at timestamptz,
    regraded_version integer CHECK (regraded_version > quiz_version),
    instructor_feedback text NOT NULL DEFAULT '',
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (user_id, quiz_id, attempt_number),
    UNIQUE (user_id, request_id),
    CHECK ((status = 'IN_PROGRESS') = (submitted_at IS NULL)),
    CHECK ((status = 'IN_PROGRESS') = (time_spent_seconds IS NULL)),
    CHECK ((status = 'GRADED') = (graded_at IS NOT NULL)),
    CHECK ((status = 'GRADED') = (passed IS NOT NULL))
);
CREATE UNIQUE INDEX quiz_submissions_open ON grades.quiz_submissions (user_id, quiz_id) WHERE status = 'IN_PROGRESS';
CREATE INDEX quiz_submissions_due ON grades.quiz_submissions (end_at) WHERE status = 'IN_PROGRESS';
CREATE INDEX quiz_submissions_waiting ON grades.quiz_submissions (course_id, submitted_at, id) WHERE status = 'SUBMITTED';
CREATE INDEX quiz_submissions_quiz ON grades.quiz_submissions (quiz_id, id);
CREATE INDEX quiz_submissions_course ON grades.quiz_submissions (course_id, id);
CREATE INDEX quiz_submissions_user ON grades.quiz_submissions (user_id, id);
CREATE INDEX quiz_submissions_lesson ON grades.quiz_submissions (lesson_id);
CREATE INDEX quiz_submissions_enrollment ON grades.quiz_submissions (enrollment_id);
--rollback DROP TABLE grades.quiz_submissions;

-- An answer. Rows come with the first answer; handing in adds those of questions that nobody answered. The question is one
-- of the version: it may be gone from the quiz by now, hence no key. answer_data is the contract's Answer as JSON.
--changeset aula:grades-001-quiz-responses
CREATE TABLE grades.quiz_responses (
    id uuid PRIMARY KEY,
    submission_id uuid NOT NULL REFERENCES grades.quiz_submissions (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    answer_data jsonb,
    state text NOT NULL DEFAULT 'SAVED' CHECK (state IN ('SAVED', 'PENDING', 'GRADED')),
    is_correct boolean,
    points_earned numeric(9, 2) NOT NULL DEFAULT 0 CHECK (points_earned >= 0),
    max_points numeric(9, 2) NOT NULL CHECK (max_points >= points_earned),
    instructor_feedback text NOT NULL DEFAULT '',
    auto_graded boolean NOT NULL DEFAULT true,
    graded_by uuid,
    claimed_by uuid,
    claimed_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (submission_id, question_id),
    CHECK ((state = 'GRADED') = (is_correct IS NOT NULL)),
    CHECK ((claimed_by IS NULL) = (claimed_until IS NULL))
);
CREATE INDEX quiz_responses_pending ON grades.quiz_responses (submission_id, id) WHERE state = 'PENDING';
--rollback DROP TABLE grades.quiz_responses;

-- How scores came about. The actor is an account's id or `service:grades`.
--changeset aula:grades-001-score-changes
CREATE TABLE grades.score_changes (
    id uuid PRIMARY KEY,
    submission_id uuid NOT NULL REFERENCES grades.quiz_submissions (id) ON DELETE CASCADE,
    question_id uuid,
    kind text NOT NULL CHECK (kind IN ('SUBMIT', 'HAND', 'REGRADE')),
    actor text NOT NULL,
    from_score numeric(9, 2) NOT NULL,
    to_score numeric(9, 2) NOT NULL,
    max_score numeric(9, 2) NOT NULL,
    quiz_version integer NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX score_changes_submission ON grades.score_changes (submission_id, id);
--rollback DROP TABLE grades.score_changes;
