#!/usr/bin/env bash
# Puts the built GraphiQL, with the try-it of the reference, into the folder given. It is built once for each state of the files here, below .local.
set -euo pipefail

output="$1"
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../../.." && pwd)"
key="$(cd "$here" && cat package-lock.json build.js index.html main.jsx reference.js session.js tabs.js | sha256sum | cut -c1-16)"
built="$root/.local/cache/graphiql-$key"

if [ ! -d "$built" ]; then
  work="$root/.local/cache/graphiql-build-$$"
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"
  cp "$here"/{package.json,package-lock.json,build.js,index.html,main.jsx,reference.js,session.js,tabs.js} "$work/"
  # Every version of esbuild ships its program as a package of its own: no install script has to run.
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error)
  (cd "$work" && node build.js "$work/out")
  # Somebody else may have been quicker.
  mv -T "$work/out" "$built" || [ -e "$built/index.html" ]
fi

mkdir -p "$output"
if ! cmp -s "$built/main.js" "$output/main.js" || ! cmp -s "$built/reference.js" "$output/reference.js" || ! cmp -s "$built/index.html" "$output/index.html"; then
  rm -rf "${output:?}"
  cp -R "$built" "$output"
fi
