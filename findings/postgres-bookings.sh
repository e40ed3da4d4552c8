#!/usr/bin/env bash
# Eight learners want one hour of one tutor. The constraint lets one of them have it, but at what price?
. "$(dirname "$0")/lib.sh"
postgres -c deadlock_timeout=10ms --locale=C.UTF-8
finding "EXCLUDE constraints of PostgreSQL" "$postgres_version" \
    "one insert wins, the others wait for it and get exclusion_violation, as with a unique key"

sql "CREATE EXTENSION btree_gist;
    CREATE TABLE booking (tutor int, during tstzrange, EXCLUDE USING gist (tutor WITH =, during WITH &&))"
# Books when nobody has; the second way is told by ON CONFLICT, the first by the exception.
book() {
    cat >"$work/book.sql" <<SQL
DO \$\$ BEGIN
    INSERT INTO booking VALUES (1, '[2026-01-01 10:00, 2026-01-01 11:00)') $1;
EXCEPTION WHEN exclusion_violation THEN NULL;
END \$\$;
DELETE FROM booking;
SQL
    "$bin/pgbench" -n -h 127.0.0.1 -p "$port" -U postgres -c 8 -j 1 -t 40 -f "$work/book.sql" postgres 2>/dev/null >"$work/pgbench" || true
    sed -n 's/^number of failed transactions: \([0-9]*\) .*/\1/p' "$work/pgbench"
}
deadlocks=$(book "")
echo "320 bookings by 8 clients: $deadlocks end in a deadlock"
happens "deadlocks" yes "$([ "$deadlocks" -gt 0 ] && echo yes || echo no)"
happens "the log says so" yes "$(grep -q 'deadlock detected' "$pg.log" && echo yes || echo no)"
happens "deadlocks with ON CONFLICT DO NOTHING" 0 "$(book "ON CONFLICT DO NOTHING")"
