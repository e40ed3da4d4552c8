#!/bin/sh
# Compares the protos of others with the jars that they come from, lints the contract, and compares it with the last
# released one: what partners use must not break.
set -eu
cd "$(dirname "$0")/.."
buf=target/bin/buf
chmod +x "$buf"
proto/third-party.sh
"$buf" lint
if [ -f proto/released/contract.binpb ]; then
  "$buf" build --path proto/aula --exclude-source-info -o target/contract.binpb
  "$buf" breaking target/contract.binpb --against proto/released/contract.binpb
fi
