#!/bin/sh
# Compares a GraphQL schema with the one of the last release, if there was one.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/local/inspector
released=${2:-$root/proto/released/schema.graphqls}
[ -f "$released" ] || exit 0
work=$root/.local/cache/inspector-$(cat "$here/package-lock.json" "$here/compare.mjs" | sha256sum | cut -c1-16)
if [ ! -d "$work" ]; then
  making=$work-$$
  mkdir -p "$making"
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/compare.mjs" "$making/"
  (cd "$making" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
  mv -T "$making" "$work" || [ -d "$work" ]
fi
exec node "$work/compare.mjs" "$released" "$1"
