#!/usr/bin/env bash
# A deadline at 02:30 in a night in which clocks are moved is three different moments.
. "$(dirname "$0")/lib.sh"
postgres
finding "Local times in PostgreSQL, Java and ClickHouse" \
    "$postgres_version, JDK $(java --version | head -1 | cut -d' ' -f2), chdb 26.7.3" \
    "the three agree on the moment of a local time, also of one that a night has twice or not at all"

cat >"$work/Local.java" <<'JAVA'
import java.time.*;

void main() {
    for (var time : new String[] {"2026-10-25T02:30", "2026-03-29T02:30"})
        IO.println(LocalDateTime.parse(time).atZone(ZoneId.of("Europe/Berlin")).toInstant());
}
JAVA
java=$(java "$work/Local.java")
clickhouse=$(clickhouse "SELECT toTimeZone(toDateTime('2026-10-25 02:30:00', 'Europe/Berlin'), 'UTC');
SELECT toTimeZone(toDateTime('2026-03-29 02:30:00', 'Europe/Berlin'), 'UTC')")
postgres() { sql "SELECT timestamp '$1 02:30' AT TIME ZONE 'Europe/Berlin'"; }
happens "twice: PostgreSQL takes the second" "2026-10-25 01:30:00+00" "$(postgres 2026-10-25)"
happens "twice: Java takes the first" 2026-10-25T00:30:00Z "$(head -1 <<<"$java")"
happens "twice: ClickHouse takes the first" "2026-10-25 00:30:00" "$(head -1 <<<"$clickhouse")"
happens "never: PostgreSQL goes on to 03:30" "2026-03-29 01:30:00+00" "$(postgres 2026-03-29)"
happens "never: Java goes on to 03:30" 2026-03-29T01:30:00Z "$(tail -1 <<<"$java")"
happens "never: ClickHouse goes back to 01:30" "2026-03-29 00:30:00" "$(tail -1 <<<"$clickhouse")"
