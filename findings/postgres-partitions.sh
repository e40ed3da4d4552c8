#!/usr/bin/env bash
# Rows of some learners in a partitioned table, by a statement whose plan is kept.
. "$(dirname "$0")/lib.sh"
postgres
finding PostgreSQL "$postgres_version" "id = ANY (\$1) is the same as id IN (\$1, \$2), and leaves out the same partitions"

sql "CREATE TABLE enrollment (id int) PARTITION BY RANGE (id)"
for year in 0 1 2 3; do
    sql "CREATE TABLE enrollment_$year PARTITION OF enrollment FOR VALUES FROM (${year}000) TO (${year}999)"
done
# Partitions that a kept plan leaves out when it runs.
left_out() {
    sql "SET plan_cache_mode = force_generic_plan; PREPARE question$2 AS SELECT FROM enrollment WHERE $1; EXPLAIN EXECUTE question$3" |
        sed -n 's/.*Subplans Removed: //p' | grep . || echo none
}
happens "id = \$1: left out of four" 3 "$(left_out 'id = $1' '(int)' '(1500)')"
happens "id IN (\$1, \$2)" 3 "$(left_out 'id IN ($1, $2)' '(int, int)' '(1500, 1501)')"
happens "id = ANY (\$1)" none "$(left_out 'id = ANY ($1)' '(int[])' "('{1500, 1501}')")"
