import fc from 'fast-check';
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

test('what is given replaces a default, and lifts a default limit that it exceeds', () => {
  const defaults = { cpuRequest: '500m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '1Gi' };
  expect(resolveResources({ memoryRequest: '2Gi', cpuRequest: '1' }, defaults))
    .toEqual({ cpuRequest: '1', memoryRequest: '2Gi', cpuLimit: '1000m', memoryLimit: '2Gi' });
  expect(resolveResources(undefined, defaults)).toEqual(defaults);
});

test('nothing and 0 are left out', () => {
  expect(containerResources({ cpuLimit: '0', ephemeralStorageRequest: '1Gi' }))
    .toEqual({ requests: { 'ephemeral-storage': expect.objectContaining({ value: '1Gi' }) }, limits: undefined });
});

test('a resolved request is never above its limit', () => {
  const quantity = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('m', '', 'Ki', 'Mi', 'Gi', 'k', 'M')).map(parts => parts.join(''));
  fc.assert(fc.property(quantity, quantity, quantity, (asked, request, limit) => {
    fc.pre(amount(request) <= amount(limit));
    const resolved = resolveResources({ memoryRequest: asked }, { memoryRequest: request, memoryLimit: limit });
    expect(problemsOf(resolved)).toEqual('VeleroInstall: 0 problems');
  }), { seed: 1 });
});
