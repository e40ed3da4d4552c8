#!/usr/bin/env bash
# Only operators that PostgreSQL holds to be leakproof may be asked before a row-level policy; those of text search are not.
. "$(dirname "$0")/lib.sh"
postgres
finding "Row-level security of PostgreSQL" "$postgres_version" \
    "an index serves a condition for a role under a policy as it does for the table's owner"

sql "CREATE EXTENSION pg_trgm;
    CREATE TABLE course (tenant int, title text, open daterange, words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED);
    INSERT INTO course SELECT 1, 'course ' || i FROM generate_series(1, 5000) i;
    CREATE INDEX ON course (title);
    CREATE INDEX ON course USING gin (words);
    CREATE INDEX ON course USING gin (title gin_trgm_ops);
    CREATE INDEX ON course USING gist (open);
    ANALYZE course;
    ALTER TABLE course ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON course USING (tenant > 0);
    CREATE ROLE reader;
    GRANT SELECT ON course TO reader"

# The whole table or an index, for a role and a condition, when whole tables are to be avoided.
scans() {
    sql "SET enable_seqscan = off; SET ROLE $1; EXPLAIN (COSTS off) SELECT FROM course WHERE $2" >"$work/plan"
    grep -q '^Seq Scan' "$work/plan" && echo table || echo index
}
for condition in "words @@ to_tsquery('simple', '77')" "title ILIKE '%course 77%'" "open && '[2026-01-01,2026-02-01)'"; do
    happens "owner: $condition" index "$(scans postgres "$condition")"
    happens "reader: $condition" table "$(scans reader "$condition")"
done
happens "reader: title = 'course 77', whose operator is leakproof" index "$(scans reader "title = 'course 77'")"
