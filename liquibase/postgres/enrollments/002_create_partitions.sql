--liquibase formatted sql

-- Ten years ahead; the bounds are explained at public.uuid_v7_year_start. A later change makes the next ten.
--changeset aula:enrollments-002-partitions-2026-2036 splitStatements:false rollbackSplitStatements:false
DO $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['enrollments', 'lesson_progress'] LOOP
        FOR year IN 2026..2036 LOOP
            EXECUTE format(
                'CREATE TABLE enrollments.%I PARTITION OF enrollments.%I FOR VALUES FROM (%L) TO (%L)',
                parent || '_' || year, parent,
                public.uuid_v7_year_start(year), public.uuid_v7_year_start(year + 1));
        END LOOP;
    END LOOP;
END
$$;
/* liquibase rollback
DO $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['lesson_progress', 'enrollments'] LOOP
        FOR year IN 2026..2036 LOOP
            EXECUTE format('ALTER TABLE enrollments.%I DETACH PARTITION enrollments.%I', parent, parent || '_' || year);
            EXECUTE format('DROP TABLE enrollments.%I', parent || '_' || year);
        END LOOP;
    END LOOP;
END
$$;
*/
