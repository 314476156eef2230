#!/usr/bin/env bash
# Packs the library, installs the tarball in an empty cdk8s project, compiles and synthesizes there what the README shows.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
consumer=$(mktemp -d)
trap 'rm -rf "$consumer"' EXIT

cd "$root"
[ -f lib/index.js ] || npx projen compile
npm pack --silent --pack-destination "$consumer" > /dev/null

version_of() { node -p "require('$root/package.json').devDependencies['$1'].replace('^', '')"; }
cd "$consumer"
cat > package.json <<JSON
{"name": "consumer", "private": true, "version": "0.0.0"}
JSON
npm install --silent --no-audit --no-fund ./cdk8s-velero-*.tgz \
  cdk8s cdk8s-plus-28 constructs "typescript@$(version_of typescript)" "@types/node@$(version_of @types/node)"

# The README's TypeScript, each fenced block a file, with the folder of sealed files that it names.
cp -r "$root/examples/homelab/sealed" sealed
node "$root/test/readme-code.js" "$root/README.md" "$consumer"
npx tsc --strict --noEmit --module node16 --moduleResolution node16 --target es2022 --types node --skipLibCheck ./*.ts
npx tsc --strict --module node16 --moduleResolution node16 --target es2022 --types node --skipLibCheck ./*.ts
for program in readme-*.js; do
  CDK8S_OUTDIR="out-${program%.js}" node "$program"
  grep -rq 'kind: Schedule' "out-${program%.js}" || { echo "$program wrote no Schedule" >&2; exit 1; }
done
# Modules of ECMAScript find names without running the file.
node --input-type=module --eval 'import { BackupTier, VeleroInstall } from "cdk8s-velero"; if (!BackupTier.of || !VeleroInstall) { process.exit(1); }'
npx cdk8s-velero --help > /dev/null
echo "consumer: $(ls readme-*.js | wc -l) programs of the README compiled and synthesized against the tarball"
