#!/usr/bin/env bash
# pg_trgm asks the C library what a letter is, also where the database's own locale comes from elsewhere.
. "$(dirname "$0")/lib.sh"
postgres --no-locale --locale-provider=builtin --builtin-locale=C.UTF-8
finding "pg_trgm of PostgreSQL" "$postgres_version" \
    "a database in UTF-8 whose locale is PostgreSQL's own C.UTF-8 compares accented names by all of their letters"

sql "CREATE EXTENSION pg_trgm"
happens "LC_CTYPE of such a cluster, when initdb is run without a locale" C "$(sql "SELECT datctype FROM pg_database WHERE datname = 'postgres'")"
happens "lower('ÉCOLE')" école "$(sql "SELECT lower('ÉCOLE')")"
happens "trigrams of 'café'" '{"  c"," ca","af ",caf}' "$(sql "SELECT show_trgm('café')")"
happens "similarity of 'café' and 'caf'" 1 "$(sql "SELECT similarity('café', 'caf')")"
happens "trigrams of 'Київ'" '{}' "$(sql "SELECT show_trgm('Київ')")"
