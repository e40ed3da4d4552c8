--liquibase formatted sql

-- Until when a file that is ready cannot be deleted, as its custodian says; the document says who that is. `size_bytes`
-- is 0 of a file in custody that does not count.
--changeset aula:content-002-held-until
ALTER TABLE content.files ADD COLUMN held_until timestamptz;
--rollback ALTER TABLE content.files DROP COLUMN held_until;
