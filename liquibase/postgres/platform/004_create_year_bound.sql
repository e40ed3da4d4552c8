--liquibase formatted sql

-- Lower bound of a year for UUIDv7 keys. A UUIDv7 begins with 48 bits of milliseconds since 1970-01-01 UTC (RFC 9562,
-- 5.7) and PostgreSQL compares UUIDs byte by byte, so that the year's first millisecond as twelve hexadecimal digits,
-- followed by zeros, stands before every identifier made in that year and after every earlier one:
--   milliseconds = epoch(year-01-01T00:00:00Z) * 1000; 2026 is 1767225600000 = 0x019b76da_a800.
-- Partition bounds are [uuid_v7_year_start(year), uuid_v7_year_start(year + 1)).
--changeset aula:platform-004-year-bound splitStatements:false
CREATE FUNCTION public.uuid_v7_year_start(year integer) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN rpad(
        lpad(to_hex((extract(epoch FROM make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0'),
        32, '0')::uuid;
--rollback DROP FUNCTION public.uuid_v7_year_start(integer);
