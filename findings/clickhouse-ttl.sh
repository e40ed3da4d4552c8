#!/usr/bin/env bash
# The end of a row's life, when its time is one of DateTime64 and the rule casts it to DateTime first.
. "$(dirname "$0")/lib.sh"
finding "TTL of ClickHouse" "@chdb/lib-linux-x64-gnu 26.7.3-stable.1" \
    "a row of the year 2105 that is kept for two years is kept for two years from then; a sum that overflows is refused"

table() {
    clickhouse "CREATE TABLE event (at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY at TTL $1 + INTERVAL 2 YEAR;
INSERT INTO event VALUES ('2105-01-01 00:00:00'), ('2050-01-01 00:00:00');
OPTIMIZE TABLE event FINAL;
SELECT count() FROM event"
}
happens "toDateTime(at) + INTERVAL 2 YEAR is" "1970-11-24 17:31:44" \
    "$(clickhouse "SELECT toDateTime('2105-01-01 00:00:00', 'UTC') + INTERVAL 2 YEAR")"
happens "rows left of two by TTL toDateTime(at) + INTERVAL 2 YEAR" 1 "$(table "toDateTime(at)")"
happens "rows left by TTL at + INTERVAL 2 YEAR" 2 "$(table at)"
