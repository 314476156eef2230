import fc from 'fast-check';
import { emitted, nodeAgent, object, server } from './installs';
import { Problems } from '../../src/findings';
import { amount, checkResources, ContainerResources, containerResources, resolveResources } from '../../src/install/container-resources';

function problemsOf(resources: ContainerResources): string {
  const problems = new Problems('VeleroInstall');
  checkResources(problems, 'server.resources', resources);
  return problems.toString();
}

test.each([
  ['500m', 0.5], ['2', 2], ['1.5', 1.5], ['.5', 0.5], ['100n', 1e-7], ['100u', 1e-4], ['1k', 1000], ['1M', 1e6], ['2G', 2e9], ['1T', 1e12], ['1P', 1e15],
  ['1E', 1e18], ['1Ki', 1024], ['512Mi', 536870912], ['1Gi', 1073741824], ['1e3', 1000], ['2E2', 200], ['0', 0],
])('%s is %d', (text, number) => {
  expect(amount(text)).toBeCloseTo(number, 9);
});

test('a request may be its limit, and below a limit of 0 that means none', () => {
  expect(problemsOf({ cpuRequest: '1', cpuLimit: '1000m', memoryRequest: '1Gi', memoryLimit: '0' })).toEqual('VeleroInstall: 0 problems');
});

test.each<[ContainerResources, string]>([
  [{ cpuRequest: '2', cpuLimit: '1500m' }, 'VeleroInstall: server.resources.cpuRequest got "2", wanted at most its limit, which is 1500m; raise cpuLimit or lower cpuRequest'],
  [{ memoryRequest: '1Gi', memoryLimit: '1G' }, 'VeleroInstall: server.resources.memoryRequest got "1Gi", wanted at most its limit, which is 1G; raise memoryLimit or lower memoryRequest'],
  [
    { ephemeralStorageRequest: '2Gi', ephemeralStorageLimit: '1Gi' },
    'VeleroInstall: server.resources.ephemeralStorageRequest got "2Gi", wanted at most its limit, which is 1Gi; raise ephemeralStorageLimit or lower ephemeralStorageRequest',
  ],
  [{ cpuRequest: '500 m' }, 'VeleroInstall: server.resources.cpuRequest got "500 m", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
  [{ memoryLimit: '1GB' }, 'VeleroInstall: server.resources.memoryLimit got "1GB", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
  [{ memoryLimit: '-1Gi' }, 'VeleroInstall: server.resources.memoryLimit got "-1Gi", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
])('fails with %j', (resources, message) => {
  expect(problemsOf(resources)).toEqual(message);
});

const DEFAULTS = { cpuRequest: '500m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '1Gi' };

test.each<[string, ContainerResources | undefined, ContainerResources]>([
  ['nothing given leaves the defaults', undefined, DEFAULTS],
  ['a given value replaces its default', { cpuRequest: '1' }, { ...DEFAULTS, cpuRequest: '1' }],
  ['a default limit is raised to a larger given request', { memoryRequest: '2Gi' }, { ...DEFAULTS, memoryRequest: '2Gi', memoryLimit: '2Gi' }],
  ['a default request is lowered to a smaller given limit', { memoryLimit: '128Mi', cpuLimit: '200m' },
    { cpuRequest: '200m', memoryRequest: '128Mi', cpuLimit: '200m', memoryLimit: '128Mi' }],
  ['a limit of 0 is none, so that the default request stays', { cpuLimit: '0' }, { ...DEFAULTS, cpuLimit: '0' }],
  ['a request of 0 stays below the default limit', { cpuRequest: '0' }, { ...DEFAULTS, cpuRequest: '0' }],
])('%s', (_, given, expected) => {
  expect(JSON.parse(JSON.stringify(resolveResources(given, DEFAULTS)))).toEqual(expected);
});

test('a limit of 0 and what is not given are left out', () => {
  expect(containerResources({ cpuLimit: '0', ephemeralStorageRequest: '1Gi' }))
    .toEqual({ requests: { 'ephemeral-storage': '1Gi' }, limits: undefined });
});

test('a request of 0 is written out: Kubernetes would take the limit for it', () => {
  expect(containerResources({ ...DEFAULTS, cpuRequest: '0', memoryRequest: '0' }))
    .toEqual({ requests: { cpu: '0', memory: '0' }, limits: { cpu: '1', memory: '1Gi' } });
});

describe('a limit below the default request is emitted with a request that fits', () => {
  test('of the server, node-agent and a plugin', () => {
    const resources = { memoryLimit: '16Mi' };
    const fitting = { requests: { memory: '16Mi' }, limits: { memory: '16Mi' } };
    expect(server({ server: { resources } }).containers[0].resources).toMatchObject(fitting);
    expect(nodeAgent({ nodeAgent: { resources } }).containers[0].resources).toMatchObject(fitting);
    expect(server({ plugins: [{ name: 'other', image: 'other/plugin:v1', resources }] }).initContainers[1].resources).toMatchObject(fitting);
  });

  test('of the restore helper, where Velero would ignore all four', () => {
    expect(object(emitted({ restoreHelper: { resources: { cpuLimit: '50m' } } }), 'ConfigMap').data)
      .toEqual({ cpuRequest: '50m', memRequest: '128Mi', cpuLimit: '50m', memLimit: '128Mi' });
  });
});

test('whatever is given, a resolved request is never above its limit', () => {
  const quantity = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.constantFrom('m', '', 'Ki', 'Mi', 'Gi', 'k', 'M')).map(parts => parts.join(''));
  const given = fc.record({ memoryRequest: quantity, memoryLimit: quantity }, { requiredKeys: [] });
  fc.assert(fc.property(given, quantity, quantity, (resources, memoryRequest, memoryLimit) => {
    const fits = (one: ContainerResources) => problemsOf(one) === 'VeleroInstall: 0 problems';
    fc.pre(fits(resources) && fits({ memoryRequest, memoryLimit }));
    expect(problemsOf(resolveResources(resources, { memoryRequest, memoryLimit }))).toEqual('VeleroInstall: 0 problems');
  }), { seed: 1 });
});
