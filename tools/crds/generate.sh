#!/usr/bin/env bash
# Writes assets/velero-<version>.json, test/fixtures/rook-<version>.json and the classes in src/kube from the sources of Velero and Rook.
# With --check it changes nothing and fails when they are not current.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

case "${1:-}" in
  '' | --check) ;;
  *) echo 'usage: tools/crds/generate.sh [--check]' >&2; exit 2 ;;
esac
if ! command -v go > /dev/null; then
  echo 'tools/crds/generate.sh: Go is not installed. It needs Go >= 1.22, because the definitions come from the Go modules of Velero and Rook: https://go.dev/doc/install' >&2
  exit 2
fi
cdk8s="$root/node_modules/.bin/cdk8s"
if [ ! -x "$cdk8s" ]; then
  echo 'tools/crds/generate.sh: cdk8s is not installed: run npm ci' >&2
  exit 2
fi

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
(cd "$root/tools" && go run ./crds "$fresh")
# In the temporary folder, because the import also writes there when it finds a cdk8s.yaml.
(cd "$fresh" && CDK8S_CHECK_UPGRADE=false "$cdk8s" import --no-save --class-prefix Kube -l typescript -o . newest.yaml > import.log) || {
  cat "$fresh/import.log" >&2
  exit 1
}

status=0
# Beside, then renamed: whoever reads meanwhile never sees half a file.
place() {
  if cmp -s "$1" "$2"; then return; fi
  if [ "$mode" = check ]; then
    echo "not current: ${2#"$root/"} (run npm run crds)" >&2
    status=1
  else
    cp "$1" "$2.new" && mv "$2.new" "$2"
    echo "wrote ${2#"$root/"}"
  fi
}
mode=${1:+check}
mode=${mode:-write}
mkdir -p "$root/assets" "$root/src/kube"
for file in "$fresh"/velero-*.json; do
  place "$file" "$root/assets/$(basename "$file")"
done
for file in "$fresh"/rook-*.json; do
  place "$file" "$root/test/fixtures/$(basename "$file")"
done
for file in "$fresh"/*.ts; do
  place "$file" "$root/src/kube/$(basename "$file")"
done
exit "$status"
