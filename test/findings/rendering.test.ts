import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { KubeDeployment } from 'cdk8s-plus-28/lib/imports/k8s';
import { homelab } from '../../examples/homelab/chart';
import { kopia } from '../../examples/kopia/chart';
import { emissionOf } from '../../src/findings/emission';
import { rendering } from '../../src/findings/rendering';

const PROPS = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { b: 'c' } }, data: { z: '1', a: '2' }, list: [1, { x: undefined, y: null }] };

/** Without what is empty or undefined, and in the order of keys: as it is written. */
function written(value: any): any {
  if (Array.isArray(value)) {
    return value.map(written);
  }
  return typeof value !== 'object' || value === null ? value
    : Object.fromEntries(Object.keys(value).sort().map(key => [key, written(value[key])]).filter(([, each]) => each !== null && each !== undefined));
}

function rendered(object: ApiObject): any {
  return rendering(object.node.root)(object);
}

function spied(object: ApiObject): { json: any; called: boolean } {
  const toJson = jest.spyOn(ApiObject.prototype, 'toJson');
  // The method of the class is what is looked at: with a spy on it, it is still the one of the class.
  const json = rendered(object);
  const called = toJson.mock.calls.length > 0;
  toJson.mockRestore();
  return { json, called };
}

test.each([['homelab', homelab], ['kopia', kopia]])('every object of examples/%s reads as it is written', (_, declare) => {
  const app = new App();
  declare(app);
  const { objects } = emissionOf(app);
  expect(objects.length).toBeGreaterThan(40);
  objects.forEach(object => expect(written(rendered(object))).toEqual(written(object.toJson())));
});

test('plain data is read without rendering it', () => {
  const { json, called } = spied(new ApiObject(Testing.chart(), 'a', PROPS));
  expect(called).toBe(false);
  expect(written(json)).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { b: 'c' } }, data: { a: '2', z: '1' }, list: [1, {}] });
});

test('the labels and the namespace of the chart are in it', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'velero', labels: { team: 'x' } });
  expect(written(rendered(new ApiObject(chart, 'a', PROPS))).metadata).toEqual({ name: 'a', namespace: 'velero', labels: { team: 'x', b: 'c' } });
});

describe('what is not plain is rendered', () => {
  test('a patch', () => {
    const object = new ApiObject(Testing.chart(), 'a', PROPS);
    object.addJsonPatch(JsonPatch.replace('/data/a', 'patched'));
    expect(rendered(object).data.a).toBe('patched');
  });

  test('a Lazy', () => {
    expect(rendered(new ApiObject(Testing.chart(), 'a', { ...PROPS, data: { a: Lazy.any({ produce: () => 'late' }) } })).data.a).toBe('late');
  });

  test('a class with a rendering of its own', () => {
    const object = new KubeDeployment(Testing.chart(), 'a', { spec: { selector: {}, template: { spec: { containers: [] } } } });
    expect(rendered(object).kind).toBe('Deployment');
  });

  test('an app with a resolver of its own', () => {
    const app = new App({ resolvers: [{ resolve: context => context.value === '1' && context.replaceValue('resolved') }] });
    expect(rendered(new ApiObject(new Chart(app, 'chart'), 'a', PROPS)).data.z).toBe('resolved');
  });

  test('a value that cdk8s refuses', () => {
    expect(() => rendered(new ApiObject(Testing.chart(), 'a', { ...PROPS, data: new Date() } as any))).toThrow('can\'t render non-simple object');
  });
});
