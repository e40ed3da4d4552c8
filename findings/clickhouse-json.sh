#!/usr/bin/env bash
# What a learning record keeps of itself in a column of type JSON.
. "$(dirname "$0")/lib.sh"
finding "JSON columns of ClickHouse" "@chdb/lib-linux-x64-gnu 26.7.3-stable.1" \
    "a JSON document comes back as it was, but for spaces and the order of keys"

kept() { clickhouse "SELECT '$1'::JSON ${2:-}"; }
happens "text that looks like a date and is none becomes another day" '{"answer":"2026-03-02"}' "$(kept '{"answer": "2026-02-30"}')"
happens "the IRI of an xAPI extension is split at its dots" '{"https:\/\/example":{"org\/pace":3}}' "$(kept '{"https://example.org/pace": 3}')"
happens "nulls and empty objects go" '{"score":1}' "$(kept '{"score": 1, "note": null, "extensions": {}}')"
happens "told not to infer, it keeps the text" '{"answer":"2026-02-30"}' \
    "$(kept '{"answer": "2026-02-30"}' "SETTINGS input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0")"
happens "told to, it keeps the IRI whole" '{"https:\/\/example.org\/pace":3}' \
    "$(kept '{"https://example.org/pace": 3}' "SETTINGS json_type_escape_dots_in_keys = 1")"
