#!/bin/sh
# Keeps the contract as it is now, and the GraphQL schema in the file given, as the released ones, which later changes must
# not break, and prints what the contract adds.
set -eu
cd "$(dirname "$0")/.."
schema=$1
proto/check.sh
mkdir -p proto/released target
symbols() {
  target/bin/buf build "$@" -o - --exclude-source-info |
    target/bin/buf build - -o -#format=json |
    python3 -c '
import json, sys
def walk(prefix, message):
    yield prefix
    for field in message.get("field", []): yield prefix + "." + field["name"]
    for nested in message.get("nestedType", []): yield from walk(prefix + "." + nested["name"], nested)
    for value in message.get("value", []): yield prefix + "." + value["name"]
    for method in message.get("method", []): yield prefix + "/" + method["name"]
for file in json.load(sys.stdin)["file"]:
    if file.get("package", "").startswith("aula."):
        for kind in ("messageType", "enumType", "service"):
            for item in file.get(kind, []): print("\n".join(walk(file["package"] + "." + item["name"], item)))
' | sort
}
symbols --path proto/aula >target/contract.new
if [ -f proto/released/contract.binpb ]; then
  symbols proto/released/contract.binpb >target/contract.old
else
  : >target/contract.old
fi
diff target/contract.old target/contract.new | grep '^[<>]' | sed 's/^>/added  /; s/^</removed/' || echo "nothing changed"
target/bin/buf build --path proto/aula --exclude-source-info -o proto/released/contract.binpb
cp "$schema" proto/released/schema.graphqls
