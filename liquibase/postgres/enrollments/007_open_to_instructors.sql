--liquibase formatted sql

-- Instructors read who is enrolled in their courses. To read only: neither a lock nor a change reaches these rows.
--changeset aula:enrollments-007-taught-policy
CREATE POLICY taught ON enrollments.enrollments FOR SELECT
    USING (course_id IN (
        SELECT c.id FROM courses_api.courses c
        WHERE c.instructor_id = (SELECT CASE
            WHEN pg_input_is_valid(current_setting('aula.caller', true), 'uuid')
            THEN current_setting('aula.caller', true)::uuid END)));
--rollback DROP POLICY taught ON enrollments.enrollments;

-- For the job that ends what is past its time.
--changeset aula:enrollments-007-expiry-index
CREATE INDEX enrollments_expiry ON enrollments.enrollments (expires_at)
    WHERE expires_at IS NOT NULL AND status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED');
--rollback DROP INDEX enrollments.enrollments_expiry;
