--liquibase formatted sql

-- A word of more than 200 characters could be cut behind a dot, which is no word; and a very long text made a vector of
-- more than PostgreSQL's 1 MB. Both were refused: the search, and the saving of such a text. The words of a text are those
-- of its first 50,000 characters. What is stored stays as it is: no stored text has such a word.
--changeset aula:platform-019-search-words splitStatements:false
CREATE OR REPLACE FUNCTION public.search_words(value text) RETURNS TABLE (place bigint, parts text[], is_run boolean)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH pattern AS (
        SELECT '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf'
                   || '\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+' AS run,
               -- Letters of India include the signs that alnum leaves out; a plus or a sharp may end a part.
               '[[:alnum:]\u0900-\u0963\u0966-\u0dff]+(?:\+\+|[#+](?![[:alnum:]]))?' AS part,
               '-/&''_·‐‑‒–−’' AS joints),
    word AS (
        SELECT found.place, found.groups[1] AS text, pattern.joints
        FROM pattern, regexp_matches(
            casefold(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            left(public.search_fold(value), 50000) COLLATE pg_unicode_fast,
                            '([[:lower:]])(?=[[:upper:]])|([[:upper:]])(?=[[:upper:]][[:lower:]]{2})', '\1\2-', 'g'),
                        '\m([[:alpha:]]+)(?=[[:digit:]]+\M)', '\1-', 'g'),
                    pattern.run, E' \uE000\\& ', 'g')),
            '\uE000[^ ]+|(?:\.(?=[[:alpha:]]))?' || pattern.part
                || '(?:(?:[' || pattern.joints || ']\.?|\.)' || pattern.part || ')*',
            'g') WITH ORDINALITY AS found (groups, place))
    SELECT word.place,
           CASE WHEN starts_with(word.text, U&'\E000')
               THEN ARRAY(
                   SELECT substr(word.text, start, 2) FROM generate_series(2, greatest(length(word.text) - 1, 2)) AS start)
               ELSE array_remove(string_to_array(
                   replace(translate(rtrim(left(word.text, 200), '.'), word.joints, repeat(' ', length(word.joints))), '.', ' .'),
                   ' '), '')
           END,
           starts_with(word.text, U&'\E000')
    FROM word;
END;
-- The function of before would refuse what is stored by then; it goes with its own change set.
--rollback SELECT 1;
