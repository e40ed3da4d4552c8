--liquibase formatted sql

-- What a file counts, where it stands and what is still to be done for it. The document says what it is; this row
-- drives every step that reaches another store. `size_bytes` is what it counts towards its owner's quota, 0 when it
-- does not count. `work_due` is when work on it may be taken up, and while somebody holds `lease` when that ends.
--changeset aula:content-001-files
CREATE TABLE content.files (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    object_key text NOT NULL CHECK (length(object_key) BETWEEN 1 AND 200),
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    state text NOT NULL CHECK (state IN ('PENDING', 'READY', 'FAILED', 'DELETING')),
    work_due timestamptz,
    lease uuid,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CHECK (lease IS NULL OR work_due IS NOT NULL),
    CHECK ((state = 'DELETING') = (deleted_at IS NOT NULL))
);
CREATE INDEX files_work_due ON content.files (work_due) WHERE work_due IS NOT NULL;
CREATE INDEX files_unfinished ON content.files (created_at) WHERE state IN ('PENDING', 'FAILED');
--rollback DROP TABLE content.files;

-- Without a row a user keeps nothing and may keep what the service's settings say, as with a limit that is null.
--changeset aula:content-001-quotas
CREATE TABLE content.quotas (
    owner_id uuid PRIMARY KEY,
    used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
    asset_count bigint NOT NULL DEFAULT 0 CHECK (asset_count >= 0),
    limit_bytes bigint CHECK (limit_bytes >= 0)
);
--rollback DROP TABLE content.quotas;
