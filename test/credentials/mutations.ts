import * as fc from 'fast-check';
import { fileIn, Loose, temporaryFolder, yamlOf } from './sealed-files';

/** Something secret that somebody put where a sealed value belongs. */
export const CANARY = 'canary-hunter2';

const PATHS = [
  [], ['apiVersion'], ['kind'], ['metadata'], ['metadata', 'name'], ['metadata', 'namespace'], ['metadata', 'labels'], ['metadata', 'annotations'],
  ['metadata', 'annotations', 'sealedsecrets.bitnami.com/cluster-wide'], ['spec'], ['spec', 'data'], ['spec', 'encryptedData'],
  ['spec', 'encryptedData', 'accessKey'], ['spec', 'encryptedData', 'secretKey'], ['spec', 'encryptedData', '__proto__'],
  ['spec', 'template'], ['spec', 'template', 'metadata'], ['spec', 'template', 'metadata', 'name'], ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'template', 'type'], ['spec', 'template', 'immutable'], ['spec', 'template', 'data'], ['spec', 'template', 'data', 'cloud'],
];
/** Where a value may stand that must not be told. Names and kinds are told: they are what the reader must compare. */
const SECRET_PATHS = PATHS.filter(path => path[0] === 'spec' && path.at(-1) !== 'name');

/** A sealed file with the fields of its manifest replaced or left out. */
function otherFields(manifest: Loose): fc.Arbitrary<string> {
  const wild = fc.oneof(
    fc.constantFrom(undefined, null, '', 0, true, [], {}, [[]], 'AgA=', 'Ag', 'true', 'cluster-wide', '{{ .x }}'),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.base64String({ maxLength: 60 }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const change = fc.record({ path: fc.constantFrom(...PATHS), value: wild });
  const leak = fc.record({
    path: fc.constantFrom(...SECRET_PATHS), value: fc.constantFrom<unknown>(CANARY, [CANARY], { key: CANARY }, `[default]\nkey=${CANARY}`),
  });
  const changes = fc.tuple(leak, fc.array(change, { maxLength: 2 })).map(([one, more]) => [...more, one]);
  // Most in JSON: they are many, and writing YAML takes as long as all that is tested.
  return fc.tuple(changes, fc.nat(7)).map(([list, form]) => {
    const mutated = list.reduce((result, { path, value }) => replaced(result, path, value), structuredClone(manifest)) ?? null;
    return form > 0 ? JSON.stringify(mutated) : yamlOf(mutated);
  });
}

/** A sealed file with bytes changed, left out, doubled or added. */
function otherBytes(manifest: Loose): fc.Arbitrary<string> {
  const text = yamlOf(manifest);
  const edit = fc.record({
    at: fc.nat(text.length - 1),
    length: fc.nat(40),
    by: fc.oneof(fc.constantFrom('', '\n', '---\n', '\t', ':', ': ', '&a ', '*a', '!!binary ', '? ', '{', '[', '"', '\'', '|', '#', '\u0000', '\ufeff'), fc.string({ unit: 'binary', maxLength: 5 })),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 })
    .map(edits => edits.reduce((result, { at, length, by }) => result.slice(0, at) + by + result.slice(at + length), text));
}

/** Damaged files of a manifest, of both kinds. */
export function damaged(manifest: Loose): fc.Arbitrary<string> {
  return fc.oneof(otherFields(manifest), otherBytes(manifest));
}

/** A place for one file at a time. */
export function place(): (text: string) => string {
  const folder = temporaryFolder();
  return text => fileIn(folder, 'damaged.yaml', text);
}

function replaced(node: Loose, [field, ...rest]: string[], value: unknown): Loose {
  if (field === undefined) {
    return value;
  }
  const map = typeof node === 'object' && node !== null ? node : {};
  const child = replaced(Object.prototype.hasOwnProperty.call(map, field) ? map[field] : undefined, rest, value);
  return Object.defineProperty(map, field, { value: child, enumerable: true, configurable: true, writable: true });
}
