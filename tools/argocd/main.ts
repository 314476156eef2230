/* Writes test/fixtures/argocd-<version>.json from manifests/crds of github.com/argoproj/argo-cd: `npx tsx tools/argocd/main.ts 3.5.1 <folder>`. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

const FILES = ['application-crd.yaml', 'appproject-crd.yaml'];

/** What ArgoCD writes itself, and no client. */
const OWN = ['status', 'operation'];

function main(version: string | undefined, folder: string | undefined): void {
  if (version === undefined || folder === undefined) {
    throw new Error('usage: npx tsx tools/argocd/main.ts VERSION FOLDER');
  }
  const definitions = FILES.map(file => compact(parse(readFileSync(join(folder, file), 'utf8'))));
  const path = join(__dirname, '..', '..', 'test', 'fixtures', `argocd-${version}.json`);
  writeFileSync(path, `[\n${definitions.map(definition => JSON.stringify(definition)).join(',\n')}\n]\n`);
}

function compact({ apiVersion, kind, metadata: { name }, spec: { group, names, scope, versions } }: any): object {
  const written = versions.map(({ name: version, served, storage, schema: { openAPIV3Schema } }: any) => {
    const { properties, required = [], ...schema } = withoutDescriptions(openAPIV3Schema);
    const kept = Object.fromEntries(Object.entries(properties).filter(([field]) => !OWN.includes(field)));
    const openAPIV3 = { ...schema, properties: kept, required: required.filter((field: string) => !OWN.includes(field)) };
    return { name: version, served, storage, schema: { openAPIV3Schema: openAPIV3 } };
  });
  return { apiVersion, kind, metadata: { name }, spec: { group, names, scope, versions: written } };
}

function withoutDescriptions({ description: _, properties, items, additionalProperties, ...schema }: any): any {
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, withoutDescriptions(field)])) }),
    ...(items && { items: withoutDescriptions(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'object' ? withoutDescriptions(additionalProperties) : additionalProperties,
    }),
  };
}

main(process.argv[2], process.argv[3]);
