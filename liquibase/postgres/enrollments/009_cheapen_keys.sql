--liquibase formatted sql

-- That a key has its enrolment is seen to by the one transaction that writes both. As a foreign key it was looked up in
-- every year for every row, which took as long as all else that a list of enrolments costs. What remains of it is that a
-- key goes with its enrolment.
--changeset aula:enrollments-009-keys-without-lookup
ALTER TABLE enrollments.enrollment_keys DROP CONSTRAINT enrollment_keys_enrollment_id_fkey;
--rollback ALTER TABLE enrollments.enrollment_keys ADD CONSTRAINT enrollment_keys_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES enrollments.enrollments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

--changeset aula:enrollments-009-drop-keys splitStatements:false
CREATE FUNCTION enrollments.drop_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM enrollments.enrollment_keys k USING gone WHERE k.enrollment_id = gone.id;
    RETURN NULL;
END
$$;
--rollback DROP FUNCTION enrollments.drop_keys();

--changeset aula:enrollments-009-drop-keys-trigger
CREATE TRIGGER drop_keys AFTER DELETE ON enrollments.enrollments
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION enrollments.drop_keys();
--rollback DROP TRIGGER drop_keys ON enrollments.enrollments;
