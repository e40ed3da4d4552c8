--liquibase formatted sql

-- How a course's grade is made. Categories and letters are read and written as a whole, hence JSON. Neither this nor the
-- items refer to the course by a key: a course that nobody ever took can still be deleted, and this follows.
--changeset aula:grades-002-gradebook-settings
CREATE TABLE grades.gradebook_settings (
    course_id uuid PRIMARY KEY,
    categories jsonb NOT NULL DEFAULT '{}',
    letters jsonb NOT NULL DEFAULT '{}',
    missing_counts_zero boolean NOT NULL DEFAULT false,
    version bigint NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL
);
--rollback DROP TABLE grades.gradebook_settings;

-- What is graded in a course: a quiz or file assignment that was published, as its last version calls it.
--changeset aula:grades-002-gradebook-items
CREATE TABLE grades.gradebook_items (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('QUIZ', 'FILE_ASSIGNMENT')),
    title text NOT NULL,
    max_points numeric(9, 2) NOT NULL,
    category_id text,
    item_version integer NOT NULL
);
CREATE INDEX gradebook_items_course ON grades.gradebook_items (course_id, id);
--rollback DROP TABLE grades.gradebook_items;

-- What counts of a learner for an item: the best that was graded.
--changeset aula:grades-002-gradebook-scores
CREATE TABLE grades.gradebook_scores (
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    item_id uuid NOT NULL REFERENCES grades.gradebook_items (id),
    source_id uuid NOT NULL,
    points numeric(9, 2) NOT NULL,
    raw_points numeric(9, 2) NOT NULL,
    max_points numeric(9, 2) NOT NULL,
    late_penalty_percent numeric(5, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (course_id, user_id, item_id)
);
CREATE INDEX gradebook_scores_item ON grades.gradebook_scores (item_id);
CREATE INDEX gradebook_scores_user ON grades.gradebook_scores (user_id);
--rollback DROP TABLE grades.gradebook_scores;

-- What the scores come to. dirty says that something changed since: set in the transaction of that change, taken away by
-- the job that works it out anew.
--changeset aula:grades-002-gradebook
CREATE TABLE grades.gradebook (
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    percentage numeric(5, 2) CHECK (percentage BETWEEN 0 AND 100),
    letter text NOT NULL DEFAULT '',
    points numeric(11, 2) NOT NULL DEFAULT 0,
    dirty boolean NOT NULL DEFAULT true,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (course_id, user_id)
);
CREATE INDEX gradebook_dirty ON grades.gradebook (course_id, user_id) WHERE dirty;
CREATE INDEX gradebook_points ON grades.gradebook (course_id, points DESC, user_id);
CREATE INDEX gradebook_user ON grades.gradebook (user_id);
--rollback DROP TABLE grades.gradebook;
