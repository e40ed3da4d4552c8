#!/usr/bin/env bash
# Runs audits.js against the address given. What it needs of npm is installed once for each lock file, below .local.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../../.." && pwd)"
key="$(sha256sum "$here/package-lock.json" | cut -c1-16)"
installed="$root/.local/cache/bff-audits-$key"

if [ ! -e "$installed/done" ]; then
  mkdir -p "$installed"
  cp "$here/package.json" "$here/package-lock.json" "$installed/"
  (cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error) >&2
  touch "$installed/done"
fi
cp "$here/audits.js" "$installed/audits.js"
exec node "$installed/audits.js" "$1"
