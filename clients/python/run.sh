#!/bin/sh
# Installs what partner.py needs into target/, generates the stubs from the contract, and runs it.
set -eu
cd "$(dirname "$0")"
venv=target/venv
if ! cmp -s requirements.txt target/requirements.txt; then
  rm -rf "$venv"
  "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: -r requirements.txt
  cp requirements.txt target/requirements.txt
fi
proto=../../proto
rm -rf target/gen
mkdir -p target/gen
# The rules of protovalidate are options of the contract's fields, so that their own file is wanted too; what is
# Google's comes with googleapis-common-protos.
"$venv/bin/python" -m grpc_tools.protoc -I "$proto" -I "$proto/third_party" --python_out=target/gen --grpc_python_out=target/gen \
  $(cd "$proto" && find aula -name '*.proto') buf/validate/validate.proto
PYTHONPATH=target/gen exec "$venv/bin/python" partner.py
