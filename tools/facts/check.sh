#!/usr/bin/env bash
# Compares the tables of src/versions with what the sources of the known releases say. Prints the differences and fails when there are any.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

if ! command -v go > /dev/null; then
  echo 'tools/facts/check.sh: Go is not installed. It needs Go >= 1.22, because the facts come from the Go module of Velero: https://go.dev/doc/install' >&2
  exit 2
fi
if [ ! -d "$root/node_modules/tsx" ]; then
  echo 'tools/facts/check.sh: tsx is not installed: run npm ci' >&2
  exit 2
fi
facts=$(mktemp)
trap 'rm -f "$facts"' EXIT
(cd "$root/tools" && go run ./facts) > "$facts"
cd "$root" && node --import tsx tools/facts/compare.ts "$facts"
