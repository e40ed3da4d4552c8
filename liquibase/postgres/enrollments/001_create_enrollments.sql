--liquibase formatted sql

-- By year of the identifier: a UUIDv7 tells when it was made, so that primary and foreign keys stay ordinary ones.
--changeset aula:enrollments-001-enrollments
CREATE TABLE enrollments.enrollments (
    id uuid NOT NULL CHECK (uuid_extract_version(id) = 7),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    status text NOT NULL CHECK (status IN (
        'ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED', 'DROPPED', 'REFUNDED', 'EXPIRED')),
    source text NOT NULL CHECK (source IN ('PURCHASE', 'GIFT', 'ADMIN', 'FREE', 'BULK')),
    progress_percentage numeric(5, 2) NOT NULL DEFAULT 0 CHECK (progress_percentage BETWEEN 0 AND 100),
    started_at timestamptz,
    completed_at timestamptz,
    last_accessed_at timestamptz,
    expires_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX enrollments_user ON enrollments.enrollments (user_id, id);
CREATE INDEX enrollments_course ON enrollments.enrollments (course_id, id);
CREATE INDEX enrollments_status ON enrollments.enrollments (status, id);
--rollback DROP TABLE enrollments.enrollments;

-- One enrolment for a learner and a course, over all years. Written in the enrolment's transaction, before or after it.
--changeset aula:enrollments-001-enrollment-keys
CREATE TABLE enrollments.enrollment_keys (
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    enrollment_id uuid NOT NULL UNIQUE
        REFERENCES enrollments.enrollments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (user_id, course_id)
);
CREATE INDEX enrollment_keys_course ON enrollments.enrollment_keys (course_id);
--rollback DROP TABLE enrollments.enrollment_keys;

--changeset aula:enrollments-001-lesson-progress
CREATE TABLE enrollments.lesson_progress (
    enrollment_id uuid NOT NULL REFERENCES enrollments.enrollments (id) ON DELETE CASCADE,
    lesson_id uuid NOT NULL REFERENCES courses.lessons (id),
    status text NOT NULL CHECK (status IN ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED')),
    time_spent_seconds bigint NOT NULL DEFAULT 0 CHECK (time_spent_seconds >= 0),
    position_seconds integer NOT NULL DEFAULT 0 CHECK (position_seconds >= 0),
    first_accessed_at timestamptz NOT NULL DEFAULT now(),
    last_accessed_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_attempt_at timestamptz,
    score numeric(5, 2) CHECK (score BETWEEN 0 AND 100),
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (enrollment_id, lesson_id),
    CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL))
) PARTITION BY RANGE (enrollment_id);
CREATE INDEX lesson_progress_lesson ON enrollments.lesson_progress (lesson_id);
--rollback DROP TABLE enrollments.lesson_progress;
