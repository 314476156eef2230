import * as fs from 'fs';
import * as path from 'path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { releaseOf } from '../src/versions';

/** The definition that the chart of sealed-secrets v0.36.6 brings; the same for every Velero. */
const SEALED_SECRET = path.join(__dirname, 'fixtures', 'bitnami.com_sealedsecrets.yaml');

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

/** Whether a CustomResourceDefinition is known for the kind of an object: Velero's of that version and SealedSecret. */
export function hasSchema(object: any, version: string): boolean {
  return validatorOf(object, version) !== undefined;
}

/**
 * What the API server with strict field validation says of an object, by the definitions of a Velero version.
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
    const definitions = [...releaseOf(version).customResourceDefinitions(), parse(fs.readFileSync(SEALED_SECRET, 'utf8'))];
    definitions.forEach(definition => load(definition, version));
    loaded.add(version);
  }
  return ajv.getSchema(`${version} ${apiVersion} ${kind}`);
}

function load({ spec }: any, version: string): void {
  for (const served of spec.versions) {
    const schema = strict(served.schema.openAPIV3Schema);
    ajv.addSchema({ ...schema, properties: { ...schema.properties, metadata: OBJECT_META } }, `${version} ${spec.group}/${served.name} ${spec.names.kind}`);
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
