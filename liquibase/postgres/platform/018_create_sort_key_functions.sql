--liquibase formatted sql

-- Keys by which lists of names are ordered are made in Java (docs/decisions/028). Until a service has made the key of a
-- row, such as of one that an older version wrote, it is this one, which sorts before all others and is found by that.
--changeset aula:platform-018-fallback-sort-key splitStatements:false
CREATE FUNCTION public.fallback_sort_key(name text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '\x00'::bytea || convert_to(left(lower(name), 100), 'UTF8');
--rollback DROP FUNCTION public.fallback_sort_key(text);

-- A trigger's function; its arguments are the columns of the name.
--changeset aula:platform-018-set-fallback-sort-key splitStatements:false
CREATE FUNCTION public.set_fallback_sort_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sort_key := public.fallback_sort_key((
        SELECT string_agg(to_jsonb(NEW) ->> argument.name, ' ' ORDER BY argument.place)
        FROM unnest(TG_ARGV) WITH ORDINALITY AS argument (name, place)));
    RETURN NEW;
END
$$;
--rollback DROP FUNCTION public.set_fallback_sort_key();
