import fc from 'fast-check';
import { edited, modelOf, type Objects, objects } from './manifests';
import { type Change, diff } from '../../src/diff';

const BASE = objects();

type Path = readonly (string | number)[];

/** Every value in an object that is neither an object nor a list, but for what an object is known by. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) {
    return value === undefined || KNOWN_BY.test(path.join('.')) ? [] : [path];
  }
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, Array.isArray(value) ? Number(key) : key]));
}

const KNOWN_BY = /^(kind|apiVersion|metadata\.name|metadata\.namespace)$/;

/** The same object with another value of the same type somewhere. */
function put(value: any, [step, ...rest]: Path, replacement: (old: any) => unknown): any {
  if (step === undefined) {
    return replacement(value);
  }
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = put(copy[step], rest, replacement);
  return copy;
}

function other(value: unknown): unknown {
  return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `other${String(value).replace(/\W/g, '')}`;
}

const LEAVES = Object.keys(BASE).flatMap(key => leaves(BASE[key]).map(path => ({ key, path })));

/** Where to put what. A list is short to read when a property fails; the objects are made of it inside. */
type Edit = readonly [keyof typeof PLACES, unknown];

const PLACES = Object.fromEntries(LEAVES.map(({ key, path }) => [`${key} ${path.join('.')}`, { key, path }]));

function varied(places: readonly string[], gone: readonly string[] = []): Objects {
  return edited(all => {
    places.map(place => PLACES[place]).forEach(({ key, path }) => { all[key] = put(all[key], path, other); });
    gone.forEach(key => delete all[key]);
  });
}

const places = fc.uniqueArray(fc.constantFrom(...Object.keys(PLACES)), { maxLength: 8 });
const some = fc.uniqueArray(fc.constantFrom(...Object.keys(BASE)), { maxLength: 6 });

function told(changes: readonly Change[]): string[] {
  return changes.map(({ id, severity, on, message, means }) => JSON.stringify([id, severity, String(on), message, means])).sort();
}

function twice(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

const anything = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 2 }, fc.string(), fc.constantFrom(null, undefined, 5, -1, true, '', '*', '0 2 * * *', '720h', 'constructor', '__proto__'),
    fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('name', 'spec', '__proto__')), tie('any'), { maxKeys: 3 })),
})).any;

/** Anything in any place. */
const edits = fc.array(fc.tuple(fc.constantFrom(...Object.keys(PLACES)), anything), { maxLength: 5 });

function wild(changes: readonly Edit[], more: unknown): readonly unknown[] {
  return [more, ...Object.values(edited(all => changes.forEach(([place, value], index) => {
    const { key, path } = PLACES[place];
    all[key] = put(all[key], path.slice(0, Math.max(1, path.length - index)), () => value);
  })))];
}

test('nothing changes between what is the same', () => {
  fc.assert(fc.property(places, some, edits, anything, (changed, gone, changes, more) => {
    expect(told(diff(modelOf(varied(changed, gone)), modelOf(structuredClone(varied(changed, gone)))))).toEqual([]);
    expect(told(diff(modelOf(wild(changes, more)), modelOf(structuredClone(wild(changes, more)))))).toEqual([]);
  }), { numRuns: 100 });
});

test('the order of documents makes no difference', () => {
  fc.assert(fc.property(edits, edits, anything, fc.infiniteStream(fc.nat()), (before, after, more, keys) => {
    const keyed = (all: readonly unknown[]) => all.map(each => ({ each, key: keys.next().value! }));
    const shuffled = (all: readonly unknown[]) => keyed(all).sort((one, two) => one.key - two.key).map(({ each }) => each);
    const [was, is] = [wild(before, more), wild(after, undefined)];
    expect(told(diff(modelOf(shuffled(was)), modelOf(shuffled(is))))).toEqual(told(diff(modelOf(was), modelOf(is))));
  }), { numRuns: 100 });
});

test('every field of an object that changes is told of, in one change', () => {
  fc.assert(fc.property(places, changed => {
    const changes = diff(modelOf(BASE), modelOf(varied(changed)));
    const fields = changes.flatMap(change => change.fields.map(field => `${field.on.kind} ${field.on.name} ${field.path}`));
    expect(twice(fields)).toEqual([]);
    expect(changed.filter(place => !fields.some(field => isAbout(field, PLACES[place].key, PLACES[place].path)))).toEqual([]);
  }), { numRuns: 300 });
});

test('one field that is other is harmless in these places, and in no other', () => {
  const harmless = Object.keys(PLACES).filter(place => diff(modelOf(BASE), modelOf(varied([place]))).every(({ severity }) => severity === 'harmless'));
  expect(harmless).toEqual([
    'CustomResourceDefinition schedules.velero.io spec.versions.0.schema.a',
    'SealedSecret velero-repo-credentials metadata.annotations.cdk8s-velero/sealed-with',
    'SealedSecret velero-repo-credentials spec.template.type',
    'Secret other stringData.key',
    'BackupStorageLocation offsite spec.default',
    'BackupStorageLocation archive spec.default',
    'Deployment velero spec.replicas',
    'Deployment velero spec.template.metadata.labels.name',
    'Deployment velero spec.template.spec.initContainers.0.name',
    'Deployment velero spec.template.spec.containers.0.name',
    'Deployment velero spec.template.spec.containers.0.args.2',
    'Deployment velero spec.template.spec.containers.0.args.3',
    'Deployment velero spec.template.spec.containers.0.env.0.name',
    'Deployment velero spec.template.spec.containers.0.env.0.value',
    'DaemonSet node-agent spec.template.metadata.labels.name',
    'DaemonSet node-agent spec.template.spec.containers.0.name',
    'DaemonSet node-agent spec.template.spec.containers.0.env.0.name',
    'DaemonSet node-agent spec.template.spec.containers.0.env.0.value',
    'Schedule orders metadata.annotations.cdk8s-velero/tier',
    'Schedule orders spec.template.metadata.labels.schedule',
    'Schedule orders-weekly spec.template.metadata.labels.schedule',
    'Schedule stock spec.template.metadata.labels.schedule',
    'StatefulSet db spec.replicas',
    'StatefulSet db spec.template.metadata.annotations.a',
    'StatefulSet db spec.template.spec.containers.0.name',
    'StatefulSet db spec.template.spec.containers.0.image',
    'Service metrics spec.ports.0.name',
    'Service metrics spec.ports.0.port',
    'Job bucket spec.backoffLimit',
  ]);
});

/** The names of lists and flags are another way to write a path: what comes before them is enough. */
function isAbout(field: string, key: string, path: Path): boolean {
  const list = path.findIndex(step => typeof step === 'number');
  const steps = list < 0 ? path : path.slice(0, list);
  const isArgument = path.includes('args') || path.includes('command');
  const plain = field.replace(/\['([^']*)'\]/g, '.$1');
  return field.startsWith(`${key} `) && (plain.slice(key.length + 1).startsWith(steps.join('.')) || (isArgument && plain.slice(key.length + 1).startsWith('--')));
}

test('every object that comes or goes is told of, in one change', () => {
  fc.assert(fc.property(some, some, (gone, come) => {
    const changes = diff(modelOf(varied([], come)), modelOf(varied([], gone)));
    const names = changes.filter(({ fields }) => fields.length === 0).map(({ on }) => `${on.kind} ${on.name}`);
    expect(twice(names)).toEqual([]);
    const renamed = new Set(changes.filter(({ id }) => id === 'schedule-renamed').flatMap(({ message }) => message.slice('renamed: '.length).split(' → ').map(name => `Schedule ${name}`)));
    const expected = [...gone.filter(key => !come.includes(key)), ...come.filter(key => !gone.includes(key))].filter(key => !renamed.has(key));
    expect(names).toEqual(expect.arrayContaining(expected.filter(key => !isByInstall(key, gone, come))));
  }), { numRuns: 200 });
});

/** With its server the node-agent goes without a word of its own. */
function isByInstall(key: string, gone: readonly string[], come: readonly string[]): boolean {
  return key === 'DaemonSet node-agent' && (gone.includes('Deployment velero') || come.includes('Deployment velero'));
}

test('anything gives changes, never an exception, and no change without a word', () => {
  fc.assert(fc.property(edits, edits, anything, (before, after, more) => {
    for (const { message, means } of diff(modelOf(wild(before, undefined)), modelOf(wild(after, more)))) {
      expect([message, ...means].filter(text => text.trim() === '')).toEqual([]);
    }
  }), { numRuns: 300 });
});

test('no value of a Secret is told', () => {
  const secret = (value: string) => ({ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, type: value, data: { a: value }, stringData: { b: value }, extra: value } });
  const texts = diff(modelOf(secret('hunter1')), modelOf(secret('hunter2'))).map(({ message }) => message);
  expect(texts).toEqual(['type', 'new values: a, b', 'extra']);
});
