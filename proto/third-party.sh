#!/bin/sh
# The third-party protos of the contract, as the Maven jars carry them. Without an argument it compares
# proto/third_party with what the build unpacked out of the jars; with `--write` it makes it anew, after a version in
# pom.xml was raised. What Envoy asks is kept by hand: the jar that has it holds 13,000 classes.
set -eu
cd "$(dirname "$0")/.."
unpacked=target/third-party
wanted=target/third-party-wanted
kept=proto/third_party
rm -rf "$wanted"
mkdir -p "$wanted"
(cd "$unpacked" && find buf google -name '*.proto') | sort | while read -r file; do
  mkdir -p "$wanted/$(dirname "$file")"
  cp "$unpacked/$file" "$wanted/$file"
done
# The plugin's markers name each jar with its version.
version() { ls "$unpacked" | sed -n "s/^$1-jar-\(.*\)\.marker\$/\1/p" | sort -V | tail -n 1; }
cat >"$wanted/README.md" <<README
# Protos of others

What the contract imports and what its errors are made of, unchanged, so that a plain clone builds stubs. Made out of the
Maven jars by \`proto/third-party.sh --write\`; \`make check\` compares.

| folder | from | version | licence |
|---|---|---|---|
| \`buf/validate\` | \`build.buf:protovalidate\`, <https://github.com/bufbuild/protovalidate> | $(version build.buf-protovalidate) | Apache-2.0, © Buf Technologies, Inc. |
| \`google/api\`, \`google/rpc\`, \`google/type\` | \`com.google.api.grpc:proto-google-common-protos\`, <https://github.com/googleapis/googleapis> | $(version com.google.api.grpc-proto-google-common-protos) | Apache-2.0, © Google LLC |
| \`envoy/service\` | the fields that are used here, by hand, of <https://github.com/envoyproxy/envoy/tree/main/api>; not part of the contract | 1.40.0 | Apache-2.0, © Envoy Project Authors |

The licence of all is in [LICENSE](LICENSE). \`google/protobuf\` is not here: every protoc and every buf brings it.
README
cp LICENSE "$wanted/LICENSE"
cp -r "$kept/envoy" "$wanted/envoy"
if [ "${1:-}" = --write ]; then
  rm -rf "$kept"
  mv "$wanted" "$kept"
elif ! diff -r "$kept" "$wanted"; then
  echo "proto/third_party is not what the jars of pom.xml hold: run proto/third-party.sh --write and read the diff." >&2
  exit 1
fi
