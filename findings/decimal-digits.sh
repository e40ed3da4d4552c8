#!/usr/bin/env bash
# A grade of 2.675 points, kept with two digits.
. "$(dirname "$0")/lib.sh"
postgres
finding "Decimals of PostgreSQL and ClickHouse" "$postgres_version, chdb 26.7.3" "both round what has more digits than its column"

happens "PostgreSQL: 2.675 as numeric(10,2)" 2.68 "$(sql "SELECT 2.675::numeric(10,2)")"
happens "ClickHouse: '2.675' as Decimal(10,2)" 2.67 "$(clickhouse "SELECT CAST('2.675' AS Decimal(10,2))")"
happens "ClickHouse: Decimal(10,3) to Decimal(10,2)" 2.67 "$(clickhouse "SELECT CAST(toDecimal64('2.675', 3) AS Decimal(10,2))")"
happens "ClickHouse: toDecimal64(-0.125, 2) of a text" -0.12 "$(clickhouse "SELECT toDecimal64('-0.125', 2)")"
happens "ClickHouse: round() of the decimal, then the cast" 2.68 "$(clickhouse "SELECT CAST(round(toDecimal64('2.675', 3), 2) AS Decimal(10,2))")"
