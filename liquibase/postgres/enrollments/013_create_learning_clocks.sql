--liquibase formatted sql

-- Up to when a learner's time is accounted for, whatever lesson, course or device it was spent on: no second counts
-- twice.
--changeset aula:enrollments-013-learning-clocks
CREATE TABLE enrollments.learning_clocks (
    user_id uuid PRIMARY KEY REFERENCES auth.accounts (id),
    accounted_until timestamptz NOT NULL
);
--rollback DROP TABLE enrollments.learning_clocks;

-- What was opened was begun once.
--changeset aula:enrollments-013-first-attempts
UPDATE enrollments.lesson_progress SET attempts = 1, last_attempt_at = first_accessed_at WHERE attempts = 0;
--rollback UPDATE enrollments.lesson_progress SET attempts = 0, last_attempt_at = NULL WHERE attempts = 1;
