#!/bin/sh
# Generates the Go stubs from the contract into aula/, by buf and the generators that go.mod pins.
set -eu
cd "$(dirname "$0")/../.."
buf=${BUF:-target/bin/buf}
if [ ! -e "$buf" ]; then
  echo "buf is missing: \`make proto\` unpacks it, or point BUF at one." >&2
  exit 1
fi
[ -x "$buf" ] || chmod +x "$buf"
exec "$buf" generate --template clients/go/buf.gen.yaml --path proto/aula
