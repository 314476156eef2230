import { RookVersion } from '../../src/storage/rook-version';
import { ROOK_MINORS } from '../../src/versions';
import { ROOK_RELEASES, schemaErrors } from '../schema';

test.each(['1.12.0', '1.16.9', '1.20.6'])('%s is known', version => {
  const rook = RookVersion.of(version);

  expect([rook.version, rook.minor, `${rook}`]).toEqual([version, version.slice(0, version.lastIndexOf('.')), version]);
});

test.each([['1.11.0'], ['1.21.0'], ['1.20'], ['v1.20.6'], ['1.20.6-beta.0'], ['01.20.6'], [''], [1.2], [undefined]])('%j is refused', version => {
  const got = version === undefined ? ':' : ` got ${JSON.stringify(version)},`;
  expect(() => RookVersion.of(version as any)).toThrow(new Error(`RookVersion.of: version${got} wanted three numbers as in "1.20.6", without "v" and suffix, `
    + 'of a known minor: 1.12, 1.13, 1.14, 1.15, 1.16, 1.17, 1.18, 1.19, 1.20'));
});

test.each([
  ['1.12.2', []],
  ['1.12.3', ['users-in-namespaces']],
  ['1.15.9', ['users-in-namespaces']],
  ['1.16.0', ['users-in-namespaces', 'bucket-quota']],
  ['1.16.3', ['users-in-namespaces', 'bucket-quota', 'bucket-lifecycle']],
  ['1.17.0', ['users-in-namespaces', 'bucket-quota', 'bucket-lifecycle', 'user-keys', 'bucket-owner', 'bucket-fields-refused']],
  ['1.20.6', ['users-in-namespaces', 'bucket-quota', 'bucket-lifecycle', 'user-keys', 'bucket-owner', 'bucket-fields-refused']],
])('what Rook %s can', (version, can) => {
  const all = ['users-in-namespaces', 'bucket-quota', 'bucket-lifecycle', 'user-keys', 'bucket-owner', 'bucket-fields-refused'] as const;
  expect(all.filter(capability => RookVersion.of(version)._has(capability))).toEqual(can);
});

describe('the definitions', () => {
  const user = (spec: any) => ({ apiVersion: 'ceph.rook.io/v1', kind: 'CephObjectStoreUser', metadata: { name: 'velero', namespace: 'velero' }, spec });
  const keys = [{ accessKeyRef: { name: 's3', key: 'accessKey' }, secretKeyRef: { name: 's3', key: 'secretKey' } }];

  test('are of the oldest and the newest minor, and of the first with keys', () => {
    expect(ROOK_RELEASES.map(release => release.slice(0, release.lastIndexOf('.')))).toEqual([ROOK_MINORS[0], '1.17', ROOK_MINORS.at(-1)]);
  });

  test.each([
    ['1.12.11', ['spec.keys: unknown field']],
    ['1.17.9', []],
    ['1.20.6', []],
  ])('of Rook %s know keys of a user: %j', (release, errors) => {
    expect(schemaErrors(user({ store: 'store', clusterNamespace: 'rook-ceph', keys }), `Rook ${release}`)).toEqual(errors);
  });

  test.each(ROOK_RELEASES)('of Rook %s refuse what they do not know', release => {
    expect(schemaErrors(user({ store: 'store', quota: {} }), `Rook ${release}`)).toEqual(['spec.quota: unknown field']);
    expect(schemaErrors(user({ store: 1 }), `Rook ${release}`)).toEqual(['spec.store: must be string']);
  });
});
