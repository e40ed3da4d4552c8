--liquibase formatted sql

-- The second layer: it catches a filter that was forgotten. Each transaction says who calls (a user's id, or
-- `service:<name>`) and how far it may see (`own` or `all`); nothing said means nothing seen. `(SELECT …)` is worked out
-- once for a statement, not for each row. The tables' owner is exempt, hence also the views in enrollments_api.
--changeset aula:enrollments-003-enrollments-policies
ALTER TABLE enrollments.enrollments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON enrollments.enrollments
    USING (user_id = (SELECT CASE
        WHEN pg_input_is_valid(current_setting('aula.caller', true), 'uuid')
        THEN current_setting('aula.caller', true)::uuid END));
CREATE POLICY everything ON enrollments.enrollments
    USING ((SELECT current_setting('aula.scope', true)) = 'all');
--rollback DROP POLICY everything ON enrollments.enrollments;
--rollback DROP POLICY own ON enrollments.enrollments;
--rollback ALTER TABLE enrollments.enrollments DISABLE ROW LEVEL SECURITY;

-- The enrolments that the subquery finds are those that their own policies show.
--changeset aula:enrollments-003-lesson-progress-policies
ALTER TABLE enrollments.lesson_progress ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON enrollments.lesson_progress
    USING (EXISTS (SELECT FROM enrollments.enrollments e WHERE e.id = enrollment_id));
CREATE POLICY everything ON enrollments.lesson_progress
    USING ((SELECT current_setting('aula.scope', true)) = 'all');
--rollback DROP POLICY everything ON enrollments.lesson_progress;
--rollback DROP POLICY own ON enrollments.lesson_progress;
--rollback ALTER TABLE enrollments.lesson_progress DISABLE ROW LEVEL SECURITY;
