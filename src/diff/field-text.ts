import { type FieldChange } from './changed-fields';
import { arrow, listed } from './words';

/** Kinds whose values nobody wants to read in a pull request. */
const SECRET = new Set(['Secret', 'SealedSecret', 'ExternalSecret']);

/** Some fields with their values, shortened by what they begin with. */
export function fieldsText(fields: readonly FieldChange[], most: number, prefix = ''): string {
  return listed(fields.map(field => fieldText(field, prefix)), most);
}

/** `replicas 1 → 2`; the path alone where a value is a list, an object or may be a secret. */
function fieldText({ on, path, from, to }: FieldChange, prefix: string): string {
  const name = nameOf(prefix !== '' && path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const isHidden = SECRET.has(on.kind) || /\.env\[/.test(path) || [from, to].some(value => typeof value === 'object' || (typeof value === 'string' && value.includes('\n')));
  return isHidden ? name : `${name} ${arrow(from, to)}`;
}

/** `annotation prometheus.io/scrape` */
function nameOf(path: string): string {
  const [, map, quoted, plain] = /^metadata\.(annotation|label)s(?:\['(.*)'\]|\.([\w-]+))$/.exec(path) ?? [];
  return map === undefined ? path : `${map} ${quoted ?? plain}`;
}
