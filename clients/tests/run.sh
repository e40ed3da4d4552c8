#!/usr/bin/env bash
# Runs one of the tests here against the address given: run.sh persisted-automatic.test.js http://127.0.0.1:8080/graphql
# What they need of npm is installed once for each lock file, below .local. Ends with 77, which means skipped, where there
# is no node, unless CI says that there has to be.
set -euo pipefail

if ! command -v node > /dev/null; then
  echo "there is no node on the PATH" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 77
fi

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
key="$(sha256sum "$here/package-lock.json" | cut -c1-16)"
installed="$root/.local/cache/clients-tests-$key"

if [ ! -e "$installed/done" ]; then
  mkdir -p "$installed"
  cp "$here/package.json" "$here/package-lock.json" "$installed/"
  (cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error) >&2
  touch "$installed/done"
fi
# Node looks for packages beside the file that names them.
cp -r "$here"/*.js "$here/manifests" "$installed/"
GRAPHQL_URL="$2" exec node --test "$installed/$1"
