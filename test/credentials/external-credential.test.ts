import { App, Chart, Duration, Testing } from 'cdk8s';
import { ExternalCredential, ExternalS3Props, SecretStoreKind } from '../../src/credentials/external-credential';
import { s3PairsOf } from '../../src/credentials/s3-pairs';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { KopiaRepository } from '../../src/repository/kopia-repository';
import { rsaKey } from '../certificates';
import { defaultChildOf, only, synthesized } from '../synthesized';
import { fileIn, sealedS3, temporaryFolder, yamlOf } from './sealed-files';

const temporary = temporaryFolder();

const DELIVERED = {
  'argocd.argoproj.io/sync-wave': '-6',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
};
/** What the API server would add. */
const DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None', nullBytePolicy: 'Ignore' };
const S3: ExternalS3Props = {
  secretStore: { name: 'vault' },
  accessKey: { key: 'velero/s3', property: 'access-key' },
  secretKey: { key: 'velero/s3', property: 'secret-key' },
};
const PLACE = 'ExternalCredential \'test/credential\'';

function s3(props: ExternalS3Props = S3, chart = Testing.chart()): ExternalCredential {
  return ExternalCredential.s3(chart, 'credential', props);
}

function emitted(make: (chart: Chart) => unknown): any {
  const chart = Testing.chart();
  make(chart);
  return only(synthesized(chart), 'ExternalSecret');
}

describe('S3 keys', () => {
  test('are written into the Secret, and composed to the file that Velero reads', () => {
    expect(emitted(chart => s3(S3, chart))).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'credential', namespace: 'velero', annotations: { ...DELIVERED, 'cdk8s-velero/credential': 's3' } },
      spec: {
        refreshPolicy: 'Periodic',
        refreshInterval: '1h0m0s',
        secretStoreRef: { name: 'vault', kind: 'SecretStore' },
        target: {
          name: 'credential',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            type: 'Opaque',
            mergePolicy: 'Merge',
            data: { cloud: '[default]\naws_access_key_id={{ .accessKey }}\naws_secret_access_key={{ .secretKey }}\n' },
          },
        },
        data: [
          { secretKey: 'accessKey', remoteRef: { key: 'velero/s3', property: 'access-key', ...DEFAULTS } },
          { secretKey: 'secretKey', remoteRef: { key: 'velero/s3', property: 'secret-key', ...DEFAULTS } },
        ],
      },
    });
  });

  test('are a credential for a location, and a pair for Rook', () => {
    const credential = s3();
    const { secretName, namespace, secretKey } = credential;
    expect({ secretName, namespace, secretKey }).toEqual({ secretName: 'credential', namespace: 'velero', secretKey: 'cloud' });
    expect(s3PairsOf(credential)).toEqual([{ accessKey: 'accessKey', secretKey: 'secretKey' }]);
  });

  test('take every prop', () => {
    const all: Required<ExternalS3Props> = {
      secretStore: { name: 'vault', kind: SecretStoreKind.CLUSTER_SECRET_STORE },
      accessKey: { key: 'now-access' },
      secretKey: { key: 'now-secret', version: '7' },
      nextAccessKey: { key: 'next-access' },
      nextSecretKey: { key: 'next-secret' },
      name: 'velero-s3',
      namespace: 'backup',
      refreshInterval: Duration.minutes(5),
    };
    const credential = s3(all);
    expect(s3PairsOf(credential)).toEqual([
      { accessKey: 'accessKey', secretKey: 'secretKey' }, { accessKey: 'nextAccessKey', secretKey: 'nextSecretKey' },
    ]);
    expect([credential.secretName, credential.namespace]).toEqual(['velero-s3', 'backup']);
    const { metadata, spec } = emitted(chart => s3(all, chart));
    expect([metadata.name, metadata.namespace, spec.target.name, spec.refreshInterval]).toEqual(['velero-s3', 'backup', 'velero-s3', '5m0s']);
    expect(spec.secretStoreRef).toEqual({ name: 'vault', kind: 'ClusterSecretStore' });
    expect(spec.target.template.data).toEqual({ cloud: '[default]\naws_access_key_id={{ .nextAccessKey }}\naws_secret_access_key={{ .nextSecretKey }}\n' });
    expect(spec.data).toEqual([
      { secretKey: 'accessKey', remoteRef: { key: 'now-access', ...DEFAULTS } },
      { secretKey: 'secretKey', remoteRef: { key: 'now-secret', version: '7', ...DEFAULTS } },
      { secretKey: 'nextAccessKey', remoteRef: { key: 'next-access', ...DEFAULTS } },
      { secretKey: 'nextSecretKey', remoteRef: { key: 'next-secret', ...DEFAULTS } },
    ]);
  });

  test.each([
    ['0.16.1', undefined], ['2.2.0', undefined], ['2.3.0', 'Ignore'], ['2.10.1', 'Ignore'], ['10.0.0', 'Ignore'],
  ])('an operator of release %s fills in nullBytePolicy %s', (operatorVersion, nullBytePolicy) => {
    const { spec } = emitted(chart => s3({ ...S3, secretStore: { name: 'vault', operatorVersion } }, chart));
    expect(spec.secretStoreRef).toEqual({ name: 'vault', kind: 'SecretStore' });
    expect(spec.data.map(({ remoteRef }: any) => remoteRef.nullBytePolicy)).toEqual([nullBytePolicy, nullBytePolicy]);
    expect(spec.data[0].remoteRef).toMatchObject({ conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' });
  });

  test('can be patched', () => {
    expect(defaultChildOf(s3()).kind).toBe('ExternalSecret');
  });
});

describe('the password of the repositories', () => {
  const password = (chart: Chart) => ExternalCredential.repositoryPassword(chart, 'credential', {
    secretStore: { name: 'vault' }, password: { key: 'velero', property: 'repository-password' },
  });

  test('is fetched once and never changed', () => {
    expect(emitted(password)).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'velero-repo-credentials', namespace: 'velero', annotations: { ...DELIVERED, 'cdk8s-velero/credential': 'repository-password' } },
      spec: {
        refreshPolicy: 'CreatedOnce',
        secretStoreRef: { name: 'vault', kind: 'SecretStore' },
        target: {
          name: 'velero-repo-credentials',
          creationPolicy: 'Orphan',
          immutable: true,
          deletionPolicy: 'Retain',
          template: { engineVersion: 'v2', type: 'Opaque', mergePolicy: 'Merge' },
        },
        data: [{ secretKey: 'repository-password', remoteRef: { key: 'velero', property: 'repository-password', ...DEFAULTS } }],
      },
    });
  });

  test('is what a repository takes, in the namespace of Velero', () => {
    const chart = Testing.chart();
    const credential = ExternalCredential.repositoryPassword(chart, 'credential', {
      secretStore: { name: 'vault' }, password: { key: 'velero' }, namespace: 'backup',
    });
    expect(new KopiaRepository(chart, 'repository', { password: credential }).password).toBe(credential);
    expect([credential.namespace, credential.secretKey, s3PairsOf(credential)]).toEqual(['backup', 'repository-password', []]);
  });
});

describe('fails with', () => {
  const LABEL = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
  const NAME = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';

  test.each<[string, any, string]>([
    ['no props', null, '3 problems\n  - secretStore: wanted an object\n  - accessKey: wanted an object\n  - secretKey: wanted an object'],
    ['a prop that there is not', { ...S3, refreshIntervall: Duration.hours(1) }, 'refreshIntervall: wanted a prop that there is; write refreshInterval'],
    ['a value that is text', { ...S3, accessKey: 'velero/s3' }, 'accessKey got "velero/s3", wanted an object'],
    ['a value without a key', { ...S3, accessKey: { property: 'x' } }, 'accessKey.key: wanted a string'],
    ['a value with an empty key', { ...S3, accessKey: { key: '' } }, 'accessKey.key got "", wanted the name of a secret in the store'],
    ['a store without a name', { ...S3, secretStore: { name: '' } }, `secretStore.name got "", wanted ${NAME}`],
    ['a store of no kind', { ...S3, secretStore: { name: 'vault', kind: 'Vault' } }, 'secretStore.kind got "Vault", wanted one of SecretStore, ClusterSecretStore'],
    ['an operator of no release', { ...S3, secretStore: { name: 'vault', operatorVersion: 'v2.3' } }, 'secretStore.operatorVersion got "v2.3", wanted a release such as 2.3.0'],
    ['half a pair', { ...S3, nextSecretKey: { key: 'x' } },
      'nextAccessKey and nextSecretKey: wanted both or none: a store takes a pair; add the other one'],
    ['another half', { ...S3, nextAccessKey: { key: 'x' } },
      'nextAccessKey and nextSecretKey: wanted both or none: a store takes a pair; add the other one'],
    ['a name with a capital', { ...S3, name: 'S3' }, `name got "S3", wanted ${NAME}`],
    ['the name of the password', { ...S3, name: 'velero-repo-credentials' }, 'name got "velero-repo-credentials", wanted another name: '
      + 'that is the Secret of the repository password, without which no backup so far can be read; write velero-s3-credentials'],
    ['a namespace with a dot', { ...S3, namespace: 'a.b' }, `namespace got "a.b", wanted ${LABEL}`],
    ['no interval', { ...S3, refreshInterval: Duration.seconds(0) }, 'refreshInterval got "0s", wanted a whole number of seconds, at least 1'],
    ['an interval that is text', { ...S3, refreshInterval: '1h' }, 'refreshInterval got "1h", wanted a Duration, such as Duration.days(30)'],
  ])('%s', (_, props, message) => {
    const chart = Testing.chart();
    expect(() => s3(props, chart)).toThrow(new Error(`${PLACE}: ${message}`));
    expect(synthesized(chart)).toEqual([]);
  });

  test('everything that is wrong, said at once', () => {
    expect(() => s3({ ...S3, name: 'S3', namespace: 'B' })).toThrow(new Error(
      `${PLACE}: 2 problems\n  - name got "S3", wanted ${NAME}\n  - namespace got "B", wanted ${LABEL}`,
    ));
  });

  test('a password without its props', () => {
    expect(() => ExternalCredential.repositoryPassword(new App() as any, 'password', {} as any)).toThrow(new Error(
      'ExternalCredential \'password\': 2 problems\n  - secretStore: wanted an object\n  - password: wanted an object',
    ));
  });

  test('a Secret that another construct makes, of whatever kind', () => {
    const app = Testing.app();
    s3(S3, new Chart(app, 'one'));
    const taken = (path: string, type: string) => new Error(
      `${type} '${path}': name got "velero/credential", wanted a Secret that no other construct makes; 'one/credential' makes it already: rename or remove one of them`,
    );
    expect(() => s3(S3, new Chart(app, 'two'))).toThrow(taken('two/credential', 'ExternalCredential'));
    const file = fileIn(temporary, 'credential.yaml', yamlOf(sealedS3(rsaKey(), { name: 'credential' })));
    expect(() => SealedCredential.fromFile(new Chart(app, 'three'), 'sealed', file)).toThrow(taken('three/sealed', 'SealedCredential'));
  });
});
