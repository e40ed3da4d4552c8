--liquibase formatted sql

-- Progress begins with an attempt; whoever writes it otherwise is told here, not by those who read it.
--changeset aula:enrollments-023-require-attempts
ALTER TABLE enrollments.lesson_progress ALTER COLUMN last_attempt_at SET NOT NULL;
--rollback ALTER TABLE enrollments.lesson_progress ALTER COLUMN last_attempt_at DROP NOT NULL;
