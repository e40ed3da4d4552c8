#!/bin/sh
# Lints the contract, and compares it with the last released one: what partners use must not break.
set -eu
cd "$(dirname "$0")/.."
buf=target/bin/buf
chmod +x "$buf"
"$buf" lint proto
if [ -f proto/released/contract.binpb ]; then
  "$buf" build proto --exclude-source-info -o target/contract.binpb
  "$buf" breaking target/contract.binpb --against proto/released/contract.binpb
fi
