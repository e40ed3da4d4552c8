--liquibase formatted sql

-- The submission that a file was announced for, so that the same request for another one is refused; null for those of
-- before.
--changeset aula:grades-005-submission-of-upload
ALTER TABLE grades.submission_uploads ADD COLUMN submission_id uuid;
--rollback ALTER TABLE grades.submission_uploads DROP COLUMN submission_id;
