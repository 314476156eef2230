#!/usr/bin/env bash
# Packs the library, installs the tarball in an empty cdk8s project, compiles and synthesizes there what the documents show.
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

# The TypeScript of the documents, each fenced block a file, with the folder of sealed files that it names.
cp -r "$root/examples/homelab/sealed" sealed
node "$root/test/documented-code.js" "$consumer" "$root/README.md" "$root/docs/tutorial.md" "$root"/docs/how-to/*.md
npx tsc --strict --noEmit --module node16 --moduleResolution node16 --target es2022 --types node --skipLibCheck ./*.ts
npx tsc --strict --module node16 --moduleResolution node16 --target es2022 --types node --skipLibCheck ./*.ts
rm -f ./*-part.js # parts of programs: that they compile is all
for program in *.js; do
  CDK8S_OUTDIR="out-${program%.js}" node "$program"
  grep -rq '^kind: ' "out-${program%.js}" || { echo "$program wrote no object" >&2; exit 1; }
done
grep -lq 'kind: Schedule' out-readme-*/* && grep -lq 'kind: Schedule' out-tutorial-*/* || { echo 'README or tutorial wrote no Schedule' >&2; exit 1; }
# Modules of ECMAScript find names without running the file.
node --input-type=module --eval 'import { BackupTier, VeleroInstall } from "cdk8s-velero"; if (!BackupTier.of || !VeleroInstall) { process.exit(1); }'
# What jsii writes into classes, and their names, come through the bundle.
node --eval '
  const { types } = JSON.parse(require("fs").readFileSync("node_modules/cdk8s-velero/.jsii", "utf8"));
  for (const { kind, name, fqn } of Object.values(types)) {
    const type = kind === "class" ? require("cdk8s-velero")[name] : undefined;
    if (kind === "class" && (type.name !== name || type[Symbol.for("jsii.rtti")].fqn !== fqn)) { throw new Error(`${name}: ${type.name}`); }
  }'
# Whoever imports the library waits for half of it: the model and the rules load when an app is judged.
CDK8S_OUTDIR=out-late node --eval '
  const isLoaded = () => Object.keys(require.cache).some(file => file.endsWith("/bundle/model-and-rules.js"));
  require("cdk8s-velero");
  if (isLoaded()) { throw new Error("the rules load with the library"); }
  require(process.argv[1]);
  if (!isLoaded()) { throw new Error("no rules load with an app"); }' "$(ls ./readme-*.js | head -1)"
npx cdk8s-velero --help > /dev/null
echo "consumer: $(ls ./*.js | wc -l) programs of the documents and $(ls ./*-part.ts | wc -l) parts compiled against the tarball, the programs synthesized"
