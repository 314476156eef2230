import { isJson, type Json, type Manifest, readQuantity } from '../model';
import { isNoise } from './noise';
import { plain } from './words';

/** A field that has another value than before. */
export interface FieldChange {
  /** The object as it is now. */
  readonly on: Manifest;

  /** `spec.template.ttl`, `metadata.labels['app.kubernetes.io/name']`, `spec.template.spec.containers[velero].image` */
  readonly path: string;

  /** Absent where the field was not there. */
  readonly from: unknown;
  readonly to: unknown;
}

/** Deeper than any object of Kubernetes whose fields somebody would name one by one. */
const DEEPEST = 40;

const NOTHING: Json = Object.freeze({});

/** What differs between two states of an object, field by field; not what a cluster or a generator writes by itself. */
export function changedFields(was: Manifest, is: Manifest): FieldChange[] {
  const walk = new Walk(is);
  walk.compare('', was.fields.json, is.fields.json, 0);
  return walk.found;
}

/** Whether two values say the same: null is absent. By a stack, because JSON may be nested without end. */
export function isSame(one: unknown, other: unknown): boolean {
  const open: [unknown, unknown][] = [[one, other]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right] = [pair[0] ?? undefined, pair[1] ?? undefined];
    if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
      left.forEach((item, index) => open.push([item, right[index]]));
    } else if (isJson(left) && isJson(right)) {
      keysOf(left, right).forEach(key => open.push([own(left, key), own(right, key)]));
    } else if (!Object.is(left, right)) {
      return false;
    }
  }
  return true;
}

class Walk {
  public readonly found: FieldChange[] = [];

  public constructor(private readonly on: Manifest) {}

  public compare(path: string, was: unknown, is: unknown, depth: number): void {
    const [from, to] = [present(path, was), present(path, is)];
    if (Object.is(from, to) || isNoise(path)) {
      return;
    }
    if (depth < DEEPEST && !isWhole(this.on, path) && (mapped(from, to) || named(path, from, to))) {
      const [left, right] = [byKey(from), byKey(to)];
      keysOf(left, right).forEach(key => this.compare(joined(path, key, Array.isArray(from ?? to)), own(left, key), own(right, key), depth + 1));
    } else if (!isEqual(path, from, to)) {
      this.found.push({ on: this.on, path, from, to });
    }
  }
}

/** Null and an empty list are absent for the API server; an empty object is not: `emptyDir: {}`. Velero writes timeouts of nothing as `0s`. */
function present(path: string, value: unknown): unknown {
  const isEmptyMap = isJson(value) && EMPTY_IS_ABSENT.test(path) && Object.keys(value).length === 0;
  return value === null || isEmptyMap || (value === '0s' && path.endsWith('Timeout')) || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

const EMPTY_IS_ABSENT = /(^|\.)(metadata|labels|annotations|resources|securityContext|hooks)$/;

/** Of a definition nobody reads field by field what changed. */
function isWhole({ kind }: Manifest, path: string): boolean {
  return kind === 'CustomResourceDefinition' && path === 'spec.versions';
}

/** Objects, one of which may be absent, but not empty. */
function mapped(from: unknown, to: unknown): boolean {
  const isMap = (value: unknown) => value === undefined || isJson(value);
  return isMap(from) && isMap(to) && keysOf(byKey(from), byKey(to)).length > 0 && !isEmptyBesideAbsent(from, to);
}

function isEmptyBesideAbsent(from: unknown, to: unknown): boolean {
  return (from === undefined && Object.keys(to as Json).length === 0) || (to === undefined && Object.keys(from as Json).length === 0);
}

/** Lists whose items have names, each once: containers, variables, volumes. The order of containers and hooks counts. */
function named(path: string, from: unknown, to: unknown): boolean {
  const [left, right] = [namesIn(from), namesIn(to)];
  if (left === undefined || right === undefined || left.length + right.length === 0) {
    return false;
  }
  const common = (names: readonly string[], others: readonly string[]) => names.filter(name => others.includes(name)).join();
  return !ORDERED.test(path) || common(left, right) === common(right, left);
}

const ORDERED = /(^|\.)(initContainers|containers|hooks\.resources)$/;

function namesIn(value: unknown): readonly string[] | undefined {
  if (value === undefined) {
    return [];
  }
  const names = Array.isArray(value) ? value.map(item => isJson(item) ? item.name : undefined) : [undefined];
  return names.every(name => typeof name === 'string') && new Set(names).size === names.length ? names : undefined;
}

function byKey(value: unknown): Json {
  return Array.isArray(value) ? Object.fromEntries(value.map(item => [item.name, item])) : isJson(value) ? value : NOTHING;
}

/** Not what every object inherits: a label may be called constructor. */
function own(json: Json, key: string): unknown {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}

function keysOf(one: Json, other: Json): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}

function joined(path: string, key: string, isItem: boolean): string {
  return isItem ? `${path}[${key}]` : !/^[\w-]+$/.test(key) ? `${path}['${key}']` : path === '' ? key : `${path}.${key}`;
}

function isEqual(path: string, from: unknown, to: unknown): boolean {
  const [left, right] = isQuantity(path) ? [from, to].map(value => readQuantity(plain(value))) : [];
  return left === undefined || right === undefined ? isSame(inOrder(path, from), inOrder(path, to)) : left === right;
}

function isQuantity(path: string): boolean {
  return /\.(requests|limits|capacity)\.[\w-]+$|\.sizeLimit$/.test(path);
}

/** Lists in which nothing has a place. */
const SETS = /\.((in|ex)cluded\w+|accessModes|volumeSnapshotLocations|policyTypes)$/;

function inOrder(path: string, value: unknown): unknown {
  return SETS.test(path) && Array.isArray(value) ? [...value].sort((one, other) => plain(one) < plain(other) ? -1 : 1) : value;
}
