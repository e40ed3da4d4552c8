#!/usr/bin/env bash
# 29 November 2026 is a Sunday: which week of a learner's activity does it belong to?
. "$(dirname "$0")/lib.sh"
finding "Weeks of ClickHouse" "@chdb/lib-linux-x64-gnu 26.7.3-stable.1" "all functions of weeks begin the week on the same day"

sunday() { clickhouse "SELECT $1 FROM (SELECT toDate('2026-11-29') AS day)"; }
happens "toStartOfWeek(day) begins on Sunday" 2026-11-29 "$(sunday "toStartOfWeek(day)")"
happens "toStartOfInterval(day, INTERVAL 1 WEEK) on Monday" 2026-11-23 "$(sunday "toStartOfInterval(day, INTERVAL 1 WEEK)")"
happens "date_trunc('week', day) on Monday" 2026-11-23 "$(sunday "date_trunc('week', day)")"
happens "dateDiff('week', Saturday, Sunday) is the same week" 0 "$(sunday "dateDiff('week', day - 1, day)")"
happens "dateDiff('week', Sunday, Monday) is the next" 1 "$(sunday "dateDiff('week', day, day + 1)")"
happens "toWeek(day) counts from Sunday" 48 "$(sunday "toWeek(day)")"
happens "toISOWeek(day - 1) and toISOWeek(day) are one, toWeek(day - 1) is another" "48 48 47" \
    "$(sunday "concatWithSeparator(' ', toISOWeek(day - 1), toISOWeek(day), toWeek(day - 1))")"
