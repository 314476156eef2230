import { ApiObject, App, Chart, JsonPatch, Lazy, Size, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { PlainObject } from '../../src/kube/plain-object';

type Class = new (scope: Chart, id: string, props: any) => ApiObject;

const PROPS = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { z: '1', a: '2' } };

const UNCHANGED = () => undefined;

/** As an app would have it, with what changes the object after it was made. */
function made(Type: Class, props: object, change: (object: ApiObject) => void = UNCHANGED, app = new App()): ApiObject {
  const object = new Type(new Chart(app, 'chart', { namespace: 'velero', labels: { team: 'x' }, disableResourceNameHashes: true }), 'a', props);
  change(object);
  return object;
}

function expectTheSame(props: object, change?: (object: ApiObject) => void): void {
  const [ours, theirs] = [made(PlainObject, props, change).toJson(), made(ApiObject, props, change).toJson()];
  expect(ours).toStrictEqual(theirs);
  // The order of keys is not part of equality.
  expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
  expect(Yaml.stringify(ours)).toBe(Yaml.stringify(theirs));
}

/** What each side of a comparison makes of itself: its JSON or its message. */
function outcome(make: () => ApiObject): string {
  try {
    return JSON.stringify(make().toJson());
  } catch (error) {
    return (error as Error).message;
  }
}

const value = fc.letrec<{ any: unknown }>(tie => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, '', 0, NaN),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 4 }).filter(key => key !== '__proto__'), tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;
const fields = fc.dictionary(fc.constantFrom('spec', 'data', 'b', 'a', '10', '9', 'status'), value, { noNullPrototype: true });

test('whatever plain data it is given, it is written as cdk8s writes it', () => {
  fc.assert(fc.property(fields, fields, (props, metadata) => {
    expectTheSame({ ...PROPS, ...props, metadata: { name: 'a', ...metadata } });
  }), { numRuns: 500 });
});

test('what is added to its metadata is written, and nothing that is empty there', () => {
  expectTheSame({ ...PROPS, metadata: { annotations: {}, labels: { b: 'c' }, finalizers: [], extra: { empty: {}, list: [] } } }, object => {
    object.metadata.addAnnotation('x', 'y');
    object.metadata.addLabel('l', 'm');
    object.metadata.addFinalizers('f');
    object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' });
    object.metadata.add('generateName', 'g-');
  });
});

test('a name that cdk8s makes is the same', () => {
  expectTheSame({ apiVersion: 'v1', kind: 'ConfigMap' });
});

describe('where it is not plain, cdk8s renders it', () => {
  test.each<[string, object, (object: ApiObject) => void]>([
    ['a patch', PROPS, object => object.addJsonPatch(JsonPatch.add('/data/b', 'patched'), JsonPatch.remove('/data/z'))],
    ['a Lazy', { ...PROPS, data: { a: Lazy.any({ produce: () => ({ late: true }) }) } }, UNCHANGED],
    ['a Lazy in a list', { ...PROPS, list: [1, Lazy.any({ produce: () => 2 })] }, UNCHANGED],
    ['a Lazy label', { ...PROPS, metadata: { labels: { b: Lazy.any({ produce: () => 'late' }) } } }, UNCHANGED],
    ['a Lazy that has nothing to say', { ...PROPS, data: { a: Lazy.any({ produce: () => undefined }), b: Lazy.any({ produce: () => null }), c: 1 } }, UNCHANGED],
    ['a token in metadata alone', { apiVersion: 'v1', kind: 'ConfigMap' }, object => object.metadata.add('extra', { resolve: () => 'token' })],
    ['a token', { ...PROPS, data: { a: { resolve: () => 'token' } } }, UNCHANGED],
    ['an amount of an L1 class', { ...PROPS, data: { a: new (class Quantity { public readonly value = '1Gi'; })() } }, UNCHANGED],
  ])('%s', (_, props, change) => {
    const [ours, theirs] = [PlainObject, ApiObject].map(Type => outcome(() => made(Type, props, change)));
    expect(ours).toBe(theirs);
    expect(JSON.parse(ours)).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: expect.any(String) } });
  });

  test('what a Lazy throws is told with the path of the object, as cdk8s tells it', () => {
    const props = { ...PROPS, data: { a: Lazy.any({ produce: () => { throw new Error('boom'); } }) } };
    const [ours, theirs] = [PlainObject, ApiObject].map(Type => outcome(() => made(Type, props)));
    expect(ours).toBe(theirs);
    expect(ours).toMatch(/path .*boom/s);
  });

  test('an app with a resolver of its own', () => {
    const app = () => new App({ resolvers: [{ resolve: context => context.value === '1' && context.replaceValue('resolved') }] });
    expect(made(PlainObject, PROPS, undefined, app()).toJson()).toEqual(made(ApiObject, PROPS, undefined, app()).toJson());
    expect(made(PlainObject, PROPS, undefined, app()).toJson().data.z).toBe('resolved');
  });

  test.each([['a class', new Date(0)], ['a function', () => 1], ['an object of cdk8s', Size.gibibytes(1)]])('%s is refused with the words of cdk8s, or taken as it takes it', (_, wrong) => {
    const [ours, theirs] = [PlainObject, ApiObject].map(Type => outcome(() => made(Type, { ...PROPS, data: { a: wrong } })));
    expect(ours).toBe(theirs);
  });

  test('keys unsorted, where the user asks cdk8s for it', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    try {
      expect(Object.keys(made(PlainObject, PROPS).toJson().data)).toEqual(['z', 'a']);
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
    expect(Object.keys(made(PlainObject, PROPS).toJson().data)).toEqual(['a', 'z']);
  });
});
