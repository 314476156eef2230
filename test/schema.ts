import * as fs from 'fs';
import * as path from 'path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { releaseOf } from '../src/versions';

/** The definition that the chart of sealed-secrets v0.36.6 brings; the same for every Velero. */
const SEALED_SECRET = path.join(__dirname, 'fixtures', 'bitnami.com_sealedsecrets.yaml');

/** Those whose definitions are in `fixtures/`, oldest first. By tools/crds/generate.sh, from deploy/examples/crds.yaml of github.com/rook/rook. */
export const ROOK_RELEASES = ['1.12.11', '1.17.9', '1.20.6'];

/** The same for ArgoCD: manifests/crds of github.com/argoproj/argo-cd, without descriptions, `status` and `operation`, which no client writes. */
export const ARGOCD_RELEASES = ['2.14.0', '3.5.1'];

/** What a client may set of the metadata that the API server itself defines. */
const OBJECT_META = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    generateName: { type: 'string' },
    namespace: { type: 'string' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
    finalizers: { type: 'array', items: { type: 'string' } },
    ownerReferences: { type: 'array', items: { type: 'object' } },
  },
  required: ['name'],
  additionalProperties: false,
};

const FORMATS = {
  'int32': { type: 'number' as const, validate: (value: number) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31 },
  'int64': { type: 'number' as const, validate: Number.isSafeInteger },
  'byte': /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};

/** Compiles a schema when it is first asked for and keeps it. */
const ajv = new Ajv({ allErrors: true, strict: false, formats: FORMATS });
const loaded = new Set<string>();

/** Whether a CustomResourceDefinition is known for the kind of an object: Velero's of that version, SealedSecret, and those of Rook. */
export function hasSchema(object: any, version: string): boolean {
  return validatorOf(object, version) !== undefined;
}

/**
 * What the API server with strict field validation says of an object, by the definitions of a Velero version, or of Rook or ArgoCD: `Rook 1.17.9`.
 *
 * @returns one line an error, beginning with the path of the field; none when the object is accepted
 */
export function schemaErrors(object: any, version: string): string[] {
  const validate = validatorOf(object, version);
  if (validate === undefined) {
    return [`no definition of ${object.apiVersion} ${object.kind} in Velero ${version}`];
  }
  // What is undefined is not written to YAML.
  return validate(JSON.parse(JSON.stringify(object))) ? [] : validate.errors!.map(tell);
}

function validatorOf({ apiVersion, kind }: any, version: string): ValidateFunction | undefined {
  if (!loaded.has(version)) {
    definitionsOf(version).forEach(definition => load(definition, version));
    loaded.add(version);
  }
  return ajv.getSchema(`${version} ${apiVersion} ${kind}`);
}

/** Beside those of Velero the ones of the newest Rook; `Rook 1.17.9` and `ArgoCD 3.5.1` ask for those of another program alone. */
function definitionsOf(version: string): any[] {
  const [, program, release] = /^(Rook|ArgoCD) (.*)$/.exec(version) ?? [];
  return program !== undefined ? bundled(program, release) : [
    ...releaseOf(version).customResourceDefinitions(), parse(fs.readFileSync(SEALED_SECRET, 'utf8')), ...bundled('Rook', ROOK_RELEASES.at(-1)!),
  ];
}

function bundled(program: string, release: string): any[] {
  return JSON.parse(fs.readFileSync(path.join(__dirname, 'fixtures', `${program.toLowerCase()}-${release}.json`), 'utf8'));
}

function load({ spec }: any, version: string): void {
  for (const served of spec.versions) {
    const schema = strict(served.schema.openAPIV3Schema);
    // The API server has these three of its own, and Rook's definition of a claim leaves them out.
    const own = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: OBJECT_META };
    ajv.addSchema({ ...schema, properties: { ...schema.properties, ...own } }, `${version} ${spec.group}/${served.name} ${spec.names.kind}`);
  }
}

/** The schema as JSON Schema which refuses every field that the API server would drop. */
function strict({ nullable, ...schema }: any): any {
  const type = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type;
  const closed = schema.type === 'object' && schema.additionalProperties === undefined && !schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...schema,
    ...(type && { type: nullable ? [type, 'null'].flat() : type }),
    ...(nullable && schema.enum && { enum: [...schema.enum, null] }),
    ...(schema.properties && { properties: mapped(schema.properties) }),
    ...(schema.items && { items: strict(schema.items) }),
    ...(typeof schema.additionalProperties === 'object' && { additionalProperties: strict(schema.additionalProperties) }),
    ...(closed && { additionalProperties: false }),
  };
}

function mapped(properties: any): any {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, strict(schema)]));
}

function tell({ instancePath, keyword, params, message }: ErrorObject): string {
  const place = instancePath.slice(1).replace(/\//g, '.').replace(/~1/g, '/').replace(/~0/g, '~');
  if (keyword === 'additionalProperties') {
    return `${[place, params.additionalProperty].filter(Boolean).join('.')}: unknown field`;
  }
  return `${place}: ${message}${keyword === 'enum' ? ` ${JSON.stringify(params.allowedValues)}` : ''}`;
}
