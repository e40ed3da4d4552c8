#!/usr/bin/env bash
# What people type into a course search, as PostgreSQL's own parser for it reads it.
. "$(dirname "$0")/lib.sh"
postgres
finding PostgreSQL "$postgres_version" \
    "websearch_to_tsquery makes of what people type a query that finds what they mean, and of nothing at all none"

finds() { sql "SELECT to_tsvector('$1', '$2') @@ websearch_to_tsquery('$1', '$3')"; }
happens "machine-learning finds 'Machine learning for beginners'" f "$(finds english 'Machine learning for beginners' machine-learning)"
happens "machine learning finds 'Machine-learning for beginners'" t "$(finds english 'Machine-learning for beginners' 'machine learning')"
happens "c++ finds 'C# for beginners'" t "$(finds simple 'C# for beginners' 'c++')"
happens "the -java, of which a stop word goes, becomes" "!'java'" "$(sql "SELECT websearch_to_tsquery('english', 'the -java')")"
happens "and finds 'Woodwork'" t "$(finds english Woodwork 'the -java')"
happens "querytree tells that no index serves it" T "$(sql "SELECT querytree(websearch_to_tsquery('english', 'the -java'))")"
