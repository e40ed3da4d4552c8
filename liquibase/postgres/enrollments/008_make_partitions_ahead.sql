--liquibase formatted sql

-- Makes the years up to this one that are not there yet, of each table that is partitioned by them. The service calls it,
-- which owns no tables: hence in its owner's name, and never further than 100 years. It does nothing but that.
--changeset aula:enrollments-008-make-partitions splitStatements:false
CREATE FUNCTION enrollments.make_partitions(last_year integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent text;
    made integer := 0;
BEGIN
    FOREACH parent IN ARRAY ARRAY['enrollments', 'lesson_progress'] LOOP
        FOR year IN 2026..least(last_year, extract(year FROM now())::integer + 100) LOOP
            IF to_regclass(format('enrollments.%I', parent || '_' || year)) IS NULL THEN
                EXECUTE format(
                    'CREATE TABLE enrollments.%I PARTITION OF enrollments.%I FOR VALUES FROM (%L) TO (%L)',
                    parent || '_' || year, parent,
                    public.uuid_v7_year_start(year), public.uuid_v7_year_start(year + 1));
                made := made + 1;
            END IF;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;
--rollback DROP FUNCTION enrollments.make_partitions(integer);
