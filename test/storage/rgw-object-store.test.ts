import { Chart, JsonPatch } from 'cdk8s';
import { ChecksumAlgorithm } from '../../src/storage/checksum-algorithm';
import { RgwObjectStoreAttributes } from '../../src/storage/existing-rgw-object-store';
import { RgwObjectStore, RgwObjectStoreProps } from '../../src/storage/rgw-object-store';
import { RgwPool } from '../../src/storage/rgw-pool';
import { RgwZone } from '../../src/storage/rgw-zone';
import { RookVersion } from '../../src/storage/rook-version';
import { ROOK_MINORS } from '../../src/versions';
import { ellipticKey } from '../certificates';
import { defaultChildOf, only, synthesized } from '../synthesized';
import { chart, NEWEST, rookErrors } from './rook';

const PEM = ellipticKey().pem;
const AT = "RgwObjectStore 'test/homelab-objectstore'";
const LABEL = 'wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const URL_WANTED = 'wanted a URL of scheme http or https with host and port only';
const KEEP = 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true';
const REPLICATED = { failureDomain: 'host', replicated: { size: 3, requireSafeReplicaSize: true } };

function store(props: Partial<RgwObjectStoreProps> = {}, scope: Chart = chart()): RgwObjectStore {
  return new RgwObjectStore(scope, 'homelab-objectstore', { version: NEWEST, ...props });
}

function objects(props?: Partial<RgwObjectStoreProps>): any[] {
  return synthesized(store(props).node.scope as Chart);
}

test('needs the release alone: two gateways, three copies, pools that stay', () => {
  expect(objects()).toEqual([{
    apiVersion: 'ceph.rook.io/v1',
    kind: 'CephObjectStore',
    metadata: {
      name: 'homelab-objectstore',
      namespace: 'rook-ceph',
      annotations: { 'argocd.argoproj.io/sync-wave': '-8', 'argocd.argoproj.io/sync-options': KEEP },
    },
    spec: { metadataPool: REPLICATED, dataPool: REPLICATED, preservePoolsOnDelete: true, gateway: { instances: 2, port: 80 } },
  }]);
});

test('is an object store as a location sees it', () => {
  const { config, tls, skipsTlsVerify, objectStoreName, namespace, version, allowUsersInNamespaces, caCert, caCertRef } = store();

  expect(config).toEqual({
    region: 'us-east-1', s3ForcePathStyle: 'true', s3Url: 'http://rook-ceph-rgw-homelab-objectstore.rook-ceph.svc', checksumAlgorithm: '',
  });
  expect([tls, skipsTlsVerify, objectStoreName, namespace, version, allowUsersInNamespaces, caCert, caCertRef])
    .toEqual([false, false, 'homelab-objectstore', 'rook-ceph', NEWEST, [], undefined, undefined]);
});

const all: Required<Omit<RgwObjectStoreProps, 'zone' | 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret' | 'insecureSkipTlsVerify'>> = {
  version: NEWEST,
  name: 'store',
  namespace: 'ceph',
  metadataPool: RgwPool.replicated({ replicas: 2, deviceClass: 'ssd', failureDomain: 'rack', crushRoot: 'default' }),
  dataPool: RgwPool.erasureCoded({ dataChunks: 4, codingChunks: 2, parameters: { compression_mode: 'none' } }),
  instances: 3,
  port: 8443,
  tls: { certificateSecretName: 'rgw-tls', caCert: PEM, caCertRef: { secretName: 'rgw-ca', secretKey: 'ca.crt' } },
  resources: { cpuRequest: '500m', memoryRequest: '1Gi', cpuLimit: '2', memoryLimit: '2Gi' },
  priorityClassName: 'system-cluster-critical',
  allowUsersInNamespaces: ['velero', 'harbor'],
  labels: { team: 'storage' },
  annotations: { 'argocd.argoproj.io/sync-wave': '-7' },
  region: 'homelab',
  publicUrl: 'https://s3.example.com',
  profile: 'velero',
  tags: { a: 'b', c: 'd' },
  checksumAlgorithm: ChecksumAlgorithm.CRC32C,
  serverSideEncryption: 'aws:kms',
  kmsKeyId: 'key',
  signatureVersion: '4',
  enableSharedConfig: false,
};

test('takes everything', () => {
  expect(objects(all)).toEqual([{
    apiVersion: 'ceph.rook.io/v1',
    kind: 'CephObjectStore',
    metadata: {
      name: 'store',
      namespace: 'ceph',
      labels: { team: 'storage' },
      annotations: { 'argocd.argoproj.io/sync-wave': '-7', 'argocd.argoproj.io/sync-options': KEEP },
    },
    spec: {
      metadataPool: { failureDomain: 'rack', deviceClass: 'ssd', crushRoot: 'default', replicated: { size: 2, requireSafeReplicaSize: true } },
      dataPool: { failureDomain: 'host', erasureCoded: { dataChunks: 4, codingChunks: 2 }, parameters: { compression_mode: 'none' } },
      preservePoolsOnDelete: true,
      allowUsersInNamespaces: ['velero', 'harbor'],
      gateway: {
        instances: 3,
        securePort: 8443,
        sslCertificateRef: 'rgw-tls',
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        priorityClassName: 'system-cluster-critical',
      },
    },
  }]);
  const { config, tls, caCert, caCertRef } = store(all);
  expect(config).toEqual({
    region: 'homelab',
    s3ForcePathStyle: 'true',
    s3Url: 'https://rook-ceph-rgw-store.ceph.svc:8443',
    checksumAlgorithm: 'CRC32C',
    publicUrl: 'https://s3.example.com',
    profile: 'velero',
    serverSideEncryption: 'aws:kms',
    kmsKeyId: 'key',
    signatureVersion: '4',
    enableSharedConfig: 'false',
    tagging: 'a=b&c=d',
  });
  expect([tls, caCert, caCertRef]).toEqual([true, PEM, { secretName: 'rgw-ca', secretKey: 'ca.crt' }]);
});

test('TLS without a port is at 443, and limits alone are no requests', () => {
  const [{ spec: { gateway } }] = objects({ tls: { certificateSecretName: 'rgw-tls' }, resources: { memoryLimit: '1Gi' } });
  expect(gateway).toEqual({ instances: 2, securePort: 443, sslCertificateRef: 'rgw-tls', resources: { limits: { memory: '1Gi' } } });
});

describe('with a zone', () => {
  test('the zone has the pools, and one name is enough', () => {
    const made = objects({ zone: { name: 'home' } });

    expect(made.map(({ kind, metadata, spec }) => [kind, metadata.name, metadata.namespace, metadata.annotations['argocd.argoproj.io/sync-wave'], spec])).toEqual([
      ['CephObjectRealm', 'home', 'rook-ceph', '-8', undefined],
      ['CephObjectZoneGroup', 'home', 'rook-ceph', '-8', { realm: 'home' }],
      ['CephObjectZone', 'home', 'rook-ceph', '-8', { zoneGroup: 'home', metadataPool: REPLICATED, dataPool: REPLICATED, preservePoolsOnDelete: true }],
      ['CephObjectStore', 'homelab-objectstore', 'rook-ceph', '-8', { zone: { name: 'home' }, preservePoolsOnDelete: true, gateway: { instances: 2, port: 80 } }],
    ]);
    expect(made.map(({ metadata }) => metadata.annotations['argocd.argoproj.io/sync-options'])).toEqual([KEEP, KEEP, KEEP, KEEP]);
  });

  test('takes everything', () => {
    const zone: Required<NonNullable<RgwObjectStoreProps['zone']>> = {
      name: 'home', zoneGroup: 'europe', realm: 'world', create: true, pullEndpoint: 'http://192.0.2.1:80', customEndpoints: ['https://rgw.example.com:443'],
    };
    const [realm, zoneGroup, made] = objects({ zone });

    expect([realm.metadata.name, realm.spec]).toEqual(['world', { pull: { endpoint: 'http://192.0.2.1:80' } }]);
    expect([zoneGroup.metadata.name, zoneGroup.spec]).toEqual(['europe', { realm: 'world' }]);
    expect(made.spec).toMatchObject({ zoneGroup: 'europe', customEndpoints: ['https://rgw.example.com:443'] });
  });

  test('one that there is is only named', () => {
    expect(objects({ zone: { name: 'home', create: false } }).map(({ kind }) => kind)).toEqual(['CephObjectStore']);
  });

  test('two stores do not make one zone', () => {
    const scope = chart();
    store({ zone: { name: 'home' } }, scope);
    expect(() => new RgwObjectStore(scope, 'second', { version: NEWEST, zone: { name: 'home' } })).toThrow(new Error(
      "RgwObjectStore 'test/second': zone.name got \"home\", wanted a zone of its own: 'test/homelab-objectstore' emits this one already; "
      + 'name another one, or write create: false for a second store in the same zone',
    ));
  });

  describe('and a second one', () => {
    const HOME = { name: 'home', zoneGroup: 'europe', realm: 'world' };
    const made = (...zones: RgwZone[]) => {
      const scope = chart();
      zones.forEach((zone, index) => new RgwObjectStore(scope, `store-${index}`, { version: NEWEST, zone }));
      return synthesized(scope).filter(({ kind }) => kind !== 'CephObjectStore').map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    };
    const HOMES = ['CephObjectRealm rook-ceph/world', 'CephObjectZoneGroup rook-ceph/europe', 'CephObjectZone rook-ceph/home'];

    test('of one zone group have it and the realm in common', () => {
      expect(made(HOME, { ...HOME, name: 'work' })).toEqual([...HOMES, 'CephObjectZone rook-ceph/work']);
    });

    test('of one realm have that in common', () => {
      expect(made(HOME, { name: 'asia', realm: 'world' })).toEqual([...HOMES, 'CephObjectZoneGroup rook-ceph/asia', 'CephObjectZone rook-ceph/asia']);
    });

    test('of another cluster have nothing in common', () => {
      const scope = chart();
      [undefined, 'other'].forEach(namespace => new RgwObjectStore(scope, `in-${namespace}`, { version: NEWEST, namespace, zone: HOME }));
      expect(synthesized(scope).filter(({ kind }) => kind === 'CephObjectRealm').map(({ metadata }) => metadata.namespace)).toEqual(['rook-ceph', 'other']);
    });

    test.each<[string, RgwZone, RgwZone, string]>([
      ['the realm of a zone group', HOME, { ...HOME, name: 'work', realm: 'moon' },
        "zone.realm got \"moon\", wanted world, as 'test/store-0' has it for the zone group europe; write the same for both, or name another zone group"],
      ['where a realm comes from', { ...HOME, pullEndpoint: 'http://192.0.2.1' }, { ...HOME, name: 'work' },
        "zone.pullEndpoint: wanted http://192.0.2.1, as 'test/store-0' has it for the realm world; write the same for both, or name another realm"],
      ['whether it begins here', HOME, { ...HOME, name: 'work', pullEndpoint: 'http://192.0.2.1' },
        "zone.pullEndpoint got \"http://192.0.2.1\", wanted none, as 'test/store-0' has it for the realm world; write the same for both, or name another realm"],
    ])('may not disagree about %s', (_, one, other, message) => {
      expect(() => made(one, other)).toThrow(new Error(`RgwObjectStore 'test/store-1': ${message}`));
    });
  });
});

test.each(ROOK_MINORS)('all of it is valid by the definitions of Rook %s', minor => {
  const version = RookVersion.of(`${minor}.9`);
  const zone = { name: 'home', pullEndpoint: 'http://192.0.2.1:80', customEndpoints: ['https://rgw.example.com:443'] };
  const made = [objects({ version }), objects({ ...all, version }), objects({ ...all, version, zone })].flat();
  expect(made).toHaveLength(6);
  expect(rookErrors(made, version)).toEqual([]);
});

test('an escape hatch reaches the CephObjectStore', () => {
  const scope = chart();
  const own = store({}, scope);
  defaultChildOf(own).addJsonPatch(JsonPatch.add('/spec/gateway/hostNetwork', true));
  expect(only(synthesized(scope), 'CephObjectStore').spec.gateway.hostNetwork).toBe(true);
});

test('one name is one store', () => {
  const scope = chart();
  store({ name: 'store' }, scope);
  expect(() => new RgwObjectStore(scope, 'second', { version: NEWEST, name: 'store' })).toThrow(new Error(
    "CephObjectStore 'test/second': name got \"rook-ceph/store\", wanted a CephObjectStore that no other construct declares; "
    + "'test/homelab-objectstore' has it already: rename or remove one of them",
  ));
});

describe('refuses', () => {
  const amount = 'wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi';
  const wrong: [Partial<RgwObjectStoreProps>, string][] = [
    [{ version: undefined }, "version: wanted a RookVersion, such as RookVersion.of('1.20.6')"],
    [{ version: '1.20.6' as any }, "version got \"1.20.6\", wanted a RookVersion, such as RookVersion.of('1.20.6')"],
    [{ name: 'Store' }, `name got "Store", ${LABEL}`],
    [{ name: 's'.repeat(39) }, `name got "${'s'.repeat(39)}", wanted at most 38 characters: Rook makes longer names of it`],
    [{ namespace: 'rook.ceph' }, `namespace got "rook.ceph", ${LABEL}`],
    [{ instances: 0 }, 'instances got 0, wanted a whole number, at least 1'],
    [{ instances: 1.5 }, 'instances got 1.5, wanted a whole number, at least 1'],
    [{ port: 0 }, 'port got 0, wanted a whole number from 1 to 65535'],
    [{ port: 65536 }, 'port got 65536, wanted a whole number from 1 to 65535'],
    [{ resources: { memoryLimit: '1 GB' } }, `resources.memoryLimit got "1 GB", ${amount}`],
    [{ resources: { memory: '1Gi' } as any }, 'resources.memory: wanted a prop that there is; there are cpuRequest, memoryRequest, cpuLimit, memoryLimit'],
    [{ priorityClassName: 'High' }, 'priorityClassName got "High", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
    [
      { metadataPool: RgwPool.erasureCoded({ dataChunks: 2, codingChunks: 1 }) },
      'metadataPool: wanted whole copies: RGW cannot keep metadata in an erasure-coded pool; write RgwPool.replicated({ replicas: 3 })',
    ],
    [{ dataPool: { replicated: { size: 3 } } as any }, 'dataPool got "an object of type Object", wanted an RgwPool, such as RgwPool.replicated({ replicas: 3 })'],
    [{ allowUsersInNamespaces: ['a b'] }, `allowUsersInNamespaces got "a b", ${LABEL}`],
    [
      { allowUsersInNamespaces: ['velero'], version: RookVersion.of('1.12.2') },
      'allowUsersInNamespaces: wanted Rook >= 1.12.3 for users in another namespace than that of the Ceph cluster (clusterNamespace, allowUsersInNamespaces), '
      + 'but the object store is of Rook 1.12.2; leave it out, or upgrade Rook',
    ],
    [{ tls: {} as any }, 'tls.certificateSecretName: wanted a string'],
    [{ tls: true as any }, 'tls got true, wanted an object'],
    [
      { tls: { certificateSecretName: 'rgw', caCert: 'x' } },
      'tls.caCert: wanted certificates in PEM and nothing else, beginning with -----BEGIN CERTIFICATE-----; read it from a file: it is encoded in base64 here',
    ],
    [
      { tls: { certificateSecretName: 'rgw', caCert: PEM }, insecureSkipTlsVerify: true },
      'tls.caCert: wanted a certificate that is verified; leave insecureSkipTlsVerify out',
    ],
    [{ zone: { name: 'a b' } }, `zone.name got "a b", ${LABEL}`],
    [{ zone: { name: 'a', realm: 'B' } }, `zone.realm got "B", ${LABEL}`],
    [{ zone: { name: 'a', pullEndpoint: 'rgw:80' } }, `zone.pullEndpoint got "rgw:80", ${URL_WANTED}; write it as http://host:port`],
    [{ zone: { name: 'a', customEndpoints: ['http://a', 'http:///'] } }, `zone.customEndpoints[1] got "http:///", ${URL_WANTED}; write it as http://host:port`],
    [
      { zone: { name: 'a', customEndpoints: ['http://a/'] } },
      `zone.customEndpoints[0] got "http://a/", ${URL_WANTED}; write http://a: RGW adds the paths that it asks for`,
    ],
    ...['https://user:hunter22@rgw', 'ftp://user:hunter22@rgw', 'user:hunter22@rgw'].map((url): [Partial<RgwObjectStoreProps>, string] => [
      { zone: { name: 'a', pullEndpoint: url, customEndpoints: [url] } },
      ['2 problems', ...['pullEndpoint', 'customEndpoints[0]'].map(what => `zone.${what}: ${URL_WANTED}; take the user and the password out of the URL: `
        + 'they belong in a Secret')].join('\n  - '),
    ]),
    [
      { zone: { name: 'a', create: false, customEndpoints: ['http://a'] } },
      'zone.customEndpoints[0]: wanted a zone that is emitted here; leave it out, or leave out create: false',
    ],
    [
      { zone: { name: 'a', create: false }, dataPool: RgwPool.replicated({ replicas: 3 }) },
      'dataPool: wanted none where the zone is not emitted here: the zone has the pools; leave it out',
    ],
    [
      { tls: { certificateSecretName: 'rgw', caCertRef: { secretName: 'CA', secretKey: 'ca.crt' } } },
      'tls.caCertRef.secretName got "CA", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit',
    ],
    [{ labels: { 'a b': 'c' } }, 'labels got "a b", wanted a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
    [{ instance: 1 } as any, 'instance: wanted a prop that there is; write instances'],
    [{ namespace: 'A', instances: -1 }, `2 problems\n  - namespace got "A", ${LABEL}\n  - instances got -1, wanted a whole number, at least 1`],
  ];

  test.each(wrong)('%j', (props, message) => {
    expect(() => store(props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('what only the endpoint can tell', () => {
    expect(() => store({ region: '' })).toThrow('ObjectStore.rgw: region got ""');
    expect(() => store({ insecureSkipTlsVerify: true })).toThrow('insecureSkipTlsVerify got true, wanted an https URL with it');
  });

  test('no props at all', () => {
    expect(() => new RgwObjectStore(chart(), 'homelab-objectstore', undefined as any)).toThrow(new Error(`${AT}: version: wanted a RookVersion, such as RookVersion.of('1.20.6')`));
  });
});

describe('fromExisting', () => {
  test('needs name and release', () => {
    const there = RgwObjectStore.fromExisting({ name: 'store', version: NEWEST });

    expect(there.config.s3Url).toBe('http://rook-ceph-rgw-store.rook-ceph.svc');
    expect([there.objectStoreName, there.namespace, there.version, there.tls, there.skipsTlsVerify, there.allowUsersInNamespaces])
      .toEqual(['store', 'rook-ceph', NEWEST, false, false, []]);
  });

  test('takes everything', () => {
    const attributes: Required<Omit<RgwObjectStoreAttributes, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret' | 'insecureSkipTlsVerify'>> = {
      version: NEWEST,
      name: 'store',
      namespace: 'ceph',
      port: 8443,
      tls: true,
      caCert: PEM,
      caCertRef: { secretName: 'rgw-ca', secretKey: 'ca.crt' },
      allowUsersInNamespaces: ['velero'],
      region: 'homelab',
      publicUrl: 'https://s3.example.com',
      profile: 'velero',
      tags: { a: 'b', c: 'd' },
      checksumAlgorithm: ChecksumAlgorithm.NONE,
      serverSideEncryption: 'aws:kms',
      kmsKeyId: 'key',
      signatureVersion: '4',
      enableSharedConfig: true,
    };
    const there = RgwObjectStore.fromExisting(attributes);

    expect(there.config).toMatchObject({ s3Url: 'https://rook-ceph-rgw-store.ceph.svc:8443', region: 'homelab', publicUrl: 'https://s3.example.com', profile: 'velero' });
    expect([there.tls, there.caCert, there.caCertRef, there.allowUsersInNamespaces])
      .toEqual([true, PEM, { secretName: 'rgw-ca', secretKey: 'ca.crt' }, ['velero']]);
    expect(RgwObjectStore.fromExisting({ name: 'store', version: NEWEST, tls: true, insecureSkipTlsVerify: true }).skipsTlsVerify).toBe(true);
  });

  test.each<[any, string]>([
    [undefined, "2 problems\n  - name: wanted a string\n  - version: wanted a RookVersion, such as RookVersion.of('1.20.6')"],
    [{ name: 'Store', version: NEWEST }, `name got "Store", ${LABEL}`],
    [{ name: 'store', version: NEWEST, namespace: '' }, `namespace got "", ${LABEL}`],
    [{ name: 'store', version: NEWEST, port: '80' }, 'port got "80", wanted a number'],
    [{ name: 'store', version: NEWEST, port: -1 }, 'port got -1, wanted a whole number from 1 to 65535'],
    [{ name: 'store', version: NEWEST, caCert: PEM }, 'caCert: wanted a store with TLS; write tls: true, or leave it out'],
    [
      { name: 'store', version: NEWEST, caCertRef: { secretName: 'a', secretKey: 'b' } }, 'caCertRef: wanted a store with TLS; write tls: true, or leave it out',
    ],
    [{ name: 'store', version: NEWEST, service: 'rgw' }, 'service: wanted a prop that there is; there are publicUrl, profile, tags, checksumAlgorithm, '
      + 'customerKeyEncryptionFile, customerKeyEncryptionSecret, serverSideEncryption, kmsKeyId, signatureVersion, enableSharedConfig, region, insecureSkipTlsVerify, '
      + 'name, namespace, version, port, tls, caCert, caCertRef, allowUsersInNamespaces'],
  ])('refuses %j', (attributes, message) => {
    expect(() => RgwObjectStore.fromExisting(attributes)).toThrow(new Error(`RgwObjectStore.fromExisting: ${message}`));
  });
});

describe('RgwPool', () => {
  const AN = 'wanted a whole number, at least';
  test.each<[() => RgwPool, string]>([
    [() => RgwPool.replicated({ replicas: 1 }), `RgwPool.replicated: replicas got 1, ${AN} 2`],
    [() => RgwPool.replicated({ replicas: 2.5 }), `RgwPool.replicated: replicas got 2.5, ${AN} 2`],
    [() => RgwPool.replicated(undefined as any), 'RgwPool.replicated: replicas: wanted a number'],
    [() => RgwPool.replicated({ replicas: 3, failureDomain: '' }), 'RgwPool.replicated: failureDomain got "", wanted a name of the CRUSH map, without blanks'],
    [() => RgwPool.erasureCoded({ dataChunks: 1, codingChunks: 0, deviceClass: 'h dd' }), 'RgwPool.erasureCoded: 3 problems\n'
      + `  - dataChunks got 1, ${AN} 2\n  - codingChunks got 0, ${AN} 1\n  - deviceClass got "h dd", wanted a name of the CRUSH map, without blanks`],
    [() => RgwPool.erasureCoded(undefined as any), 'RgwPool.erasureCoded: 2 problems\n  - dataChunks: wanted a number\n  - codingChunks: wanted a number'],
  ])('refuses %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
