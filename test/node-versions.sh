#!/usr/bin/env bash
# Synthesizes the examples on newer releases of Node than the one that runs the tests, and compares with what is committed.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
platform=$(node -p '`node-${process.platform}-${process.arch}`')

for major in 22 24; do
  mkdir -p "$work/$major"
  echo '{"private": true}' > "$work/$major/package.json"
  (cd "$work/$major" && npm install --silent --no-audit --no-fund "$platform@$major")
  node="$work/$major/node_modules/$platform/bin/node"
  for example in homelab kopia; do
    (cd "$root/examples/$example" && CDK8S_OUTDIR="$work/$major/$example" "$node" --import tsx main.ts)
    diff -r "$root/examples/$example/manifests" "$work/$major/$example"
  done
  echo "Node $("$node" --version): the same bytes"
done
