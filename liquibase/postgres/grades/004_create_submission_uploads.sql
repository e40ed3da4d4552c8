--liquibase formatted sql

-- Files that learners announced for submissions; content keeps them in the custody of this service. The id is the key of
-- the announcement, asset_id is there once content has answered. A file that no submission names has been so since
-- unused_since, and is deleted a day later: deleted_at says so until content has done it.
--changeset aula:grades-004-submission-uploads
CREATE TABLE grades.submission_uploads (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    asset_id uuid UNIQUE,
    unused_since timestamptz,
    deleted_at timestamptz,
    CHECK (asset_id IS NOT NULL OR unused_since IS NOT NULL),
    CHECK (deleted_at IS NULL OR unused_since IS NOT NULL)
);
CREATE INDEX submission_uploads_user ON grades.submission_uploads (user_id) WHERE unused_since IS NOT NULL;
CREATE INDEX submission_uploads_owner ON grades.submission_uploads (user_id);
CREATE INDEX submission_uploads_unused ON grades.submission_uploads (unused_since) WHERE unused_since IS NOT NULL;
--rollback DROP TABLE grades.submission_uploads;
