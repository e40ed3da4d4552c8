--liquibase formatted sql

-- One for an enrolment: the key decides, however many completions come at once. Name and title are as they were when it
-- was issued.
--changeset aula:enrollments-014-certificates
CREATE TABLE enrollments.certificates (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE CHECK (number ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    enrollment_id uuid NOT NULL UNIQUE REFERENCES enrollments.enrollments (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    learner_name text NOT NULL CHECK (length(learner_name) <= 201),
    course_title text NOT NULL CHECK (length(course_title) <= 255),
    issued_at timestamptz NOT NULL,
    expires_at timestamptz CHECK (expires_at > issued_at),
    revoked_at timestamptz,
    revoked_by uuid REFERENCES auth.accounts (id),
    revocation_reason text NOT NULL DEFAULT '' CHECK (length(revocation_reason) <= 500),
    CHECK ((revoked_at IS NULL) = (revocation_reason = ''))
);
CREATE INDEX certificates_user ON enrollments.certificates (user_id, id);
CREATE INDEX certificates_course ON enrollments.certificates (course_id);
CREATE INDEX certificates_revoked_by ON enrollments.certificates (revoked_by);
--rollback DROP TABLE enrollments.certificates;

-- Courses without a row issue certificates that hold for ever.
--changeset aula:enrollments-014-certificate-settings
CREATE TABLE enrollments.certificate_settings (
    course_id uuid PRIMARY KEY REFERENCES courses.courses (id) ON DELETE CASCADE,
    issued boolean NOT NULL,
    valid_days integer NOT NULL CHECK (valid_days BETWEEN 0 AND 36500)
);
--rollback DROP TABLE enrollments.certificate_settings;
