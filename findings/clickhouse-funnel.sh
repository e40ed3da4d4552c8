#!/usr/bin/env bash
# How far learners came, and whether they came back, by ClickHouse's own functions.
. "$(dirname "$0")/lib.sh"
finding "windowFunnel and retention of ClickHouse" "@chdb/lib-linux-x64-gnu 26.7.3-stable.1" \
    "each step of a funnel is an event of its own, times may have milliseconds, and retention tells of each day alike"

event() { clickhouse "SELECT $1 FROM (SELECT toDateTime('2026-01-01 10:00:00') AS at, 'opened' AS what, 2 AS day)"; }
steps="what IN ('opened', 'viewed'), what IN ('opened', 'started')"
happens "one event, two steps that it fits: steps reached" 2 "$(event "windowFunnel(60)(at, $steps)")"
happens "with strict_once" 1 "$(event "windowFunnel(60, 'strict_once')(at, $steps)")"
happens "DateTime64(3) as its time is refused" Code:\ 43 \
    "$(event "windowFunnel(60)(toDateTime64(at, 3), what = 'opened')" | cut -d. -f1)"
happens "retention(day = 1, day = 2) of who came on day 2 only" '[0,0]' "$(event "retention(day = 1, day = 2)")"
