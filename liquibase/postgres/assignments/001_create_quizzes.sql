--liquibase formatted sql

-- Nothing here refers to courses and lessons by a key: a draft that has quizzes can still be deleted, and what it had
-- follows with the event.
--changeset aula:assignments-001-question-banks
CREATE TABLE assignments.question_banks (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX question_banks_course ON assignments.question_banks (course_id, id);
--rollback DROP TABLE assignments.question_banks;

--changeset aula:assignments-001-quizzes
CREATE TABLE assignments.quizzes (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL,
    lesson_id uuid,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
    instructions text NOT NULL DEFAULT '',
    total_points integer NOT NULL DEFAULT 0 CHECK (total_points >= 0),
    question_count integer NOT NULL DEFAULT 0 CHECK (question_count >= 0),
    passing_score_percentage numeric(5, 2) NOT NULL DEFAULT 70 CHECK (passing_score_percentage BETWEEN 0 AND 100),
    time_limit_seconds integer CHECK (time_limit_seconds > 0),
    max_attempts integer NOT NULL DEFAULT 1 CHECK (max_attempts >= 0),
    open_at timestamptz,
    close_at timestamptz,
    shuffle_questions boolean NOT NULL DEFAULT false,
    shuffle_options boolean NOT NULL DEFAULT false,
    show_answers text NOT NULL DEFAULT 'AFTER_SUBMIT'
        CHECK (show_answers IN ('NEVER', 'AFTER_SUBMIT', 'AFTER_CLOSE', 'AFTER_PASS')),
    mandatory boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    published_version integer NOT NULL DEFAULT 0 CHECK (published_version >= 0),
    published_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (close_at > open_at),
    CHECK ((status = 'DRAFT') = (published_version = 0)),
    CHECK ((published_version = 0) = (published_at IS NULL))
);
CREATE INDEX quizzes_course ON assignments.quizzes (course_id, id);
CREATE INDEX quizzes_lesson ON assignments.quizzes (lesson_id, id);
--rollback DROP TABLE assignments.quizzes;

-- A question stands in a quiz or in a bank. How it is answered is a message of the contract, QuestionForm, as JSON: it is
-- kept letter by letter (json, not jsonb), so that what was written equals what is read. bytes is how large all of it is.
--changeset aula:assignments-001-quiz-questions
CREATE TABLE assignments.quiz_questions (
    id uuid PRIMARY KEY,
    quiz_id uuid REFERENCES assignments.quizzes (id) ON DELETE CASCADE,
    bank_id uuid REFERENCES assignments.question_banks (id) ON DELETE CASCADE,
    text text NOT NULL CHECK (length(text) >= 1),
    type text NOT NULL
        CHECK (type IN ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'SHORT_ANSWER', 'ESSAY', 'CODE')),
    form json NOT NULL,
    points integer NOT NULL CHECK (points BETWEEN 1 AND 1000),
    explanation text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    difficulty text NOT NULL DEFAULT 'UNSPECIFIED' CHECK (difficulty IN ('UNSPECIFIED', 'EASY', 'MEDIUM', 'HARD')),
    bytes integer NOT NULL GENERATED ALWAYS AS (
        octet_length(text) + octet_length(form::text) + octet_length(explanation)) STORED,
    sort_order integer NOT NULL CHECK (sort_order >= 0),
    version bigint NOT NULL DEFAULT 1,
    CHECK (num_nonnulls(quiz_id, bank_id) = 1)
);
CREATE INDEX quiz_questions_quiz ON assignments.quiz_questions (quiz_id, sort_order, id);
CREATE INDEX quiz_questions_bank ON assignments.quiz_questions (bank_id, id);
--rollback DROP TABLE assignments.quiz_questions;

--changeset aula:assignments-001-quiz-draws
CREATE TABLE assignments.quiz_draws (
    id uuid PRIMARY KEY,
    quiz_id uuid NOT NULL REFERENCES assignments.quizzes (id) ON DELETE CASCADE,
    bank_id uuid NOT NULL REFERENCES assignments.question_banks (id),
    question_count integer NOT NULL CHECK (question_count BETWEEN 1 AND 100),
    points_each integer NOT NULL CHECK (points_each BETWEEN 1 AND 1000),
    tags text[] NOT NULL DEFAULT '{}',
    difficulty text NOT NULL DEFAULT 'UNSPECIFIED' CHECK (difficulty IN ('UNSPECIFIED', 'EASY', 'MEDIUM', 'HARD')),
    sort_order integer NOT NULL CHECK (sort_order >= 0),
    version bigint NOT NULL DEFAULT 1
);
CREATE INDEX quiz_draws_quiz ON assignments.quiz_draws (quiz_id, sort_order, id);
CREATE INDEX quiz_draws_bank ON assignments.quiz_draws (bank_id);
--rollback DROP TABLE assignments.quiz_draws;
