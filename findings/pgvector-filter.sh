#!/usr/bin/env bash
# The ten lessons nearest in meaning, of one course out of two hundred.
. "$(dirname "$0")/lib.sh"
postgres
sql "CREATE EXTENSION vector"
finding "pgvector" "$(sql "SELECT extversion FROM pg_extension WHERE extname = 'vector'") on $postgres_version" \
    "LIMIT 10 gives ten rows where a hundred meet the condition"

sql "CREATE TABLE lesson (id int, course int, meaning vector(8));
    SELECT setseed(0.5);
    INSERT INTO lesson SELECT i, i % 200, ARRAY(SELECT random() FROM generate_series(1, 8) WHERE i > 0)::vector
        FROM generate_series(1, 20000) i;
    CREATE INDEX ON lesson USING hnsw (meaning vector_l2_ops);
    ANALYZE lesson" >/dev/null
nearest() {
    sql "SET enable_seqscan = off; SET hnsw.iterative_scan = $1;
        SELECT count(*) FROM (SELECT FROM lesson WHERE course = 7 ORDER BY meaning <-> '[.5,.5,.5,.5,.5,.5,.5,.5]' LIMIT 10) AS nearest"
}
happens "lessons of course 7" 100 "$(sql "SELECT count(*) FROM lesson WHERE course = 7")"
found=$(nearest off)
echo "by the HNSW index: $found"
happens "fewer than ten by the HNSW index" yes "$([ "$found" -lt 10 ] && echo yes || echo no)"
happens "with hnsw.iterative_scan = relaxed_order" 10 "$(nearest relaxed_order)"
