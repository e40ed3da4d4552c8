#!/usr/bin/env bash
# How points in an item go with points in all: of an item that everybody gets 0.1 points for.
. "$(dirname "$0")/lib.sh"
postgres
finding PostgreSQL "$postgres_version" "corr() with a constant is NULL, as its manual says of what cannot be computed"

correlation() { sql "SELECT coalesce(round(corr(total, 0.1)::numeric, 2)::text, 'NULL') FROM generate_series(1, $1) AS total"; }
happens "three learners" NULL "$(correlation 3)"
happens "six learners, whose sums of squares are not quite zero" 0.65 "$(correlation 6)"
