import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'fs';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { SealedCredential, SealedCredentialOptions } from '../../src/credentials/sealed-credential';
import { fingerprintOf } from '../../src/credentials/sealing-certificate';
import { privatePem, rsaKey } from '../certificates';
import { defaultChildOf, synthesized } from '../synthesized';
import { fileIn, Loose, PLAIN, sealedPassword, sealedS3, temporaryFolder, yamlOf } from './sealed-files';

const KEY = rsaKey();
const OTHER = rsaKey();
const S3 = sealedS3(KEY);
const PASSWORD = sealedPassword(KEY);
const FOLDER = temporaryFolder();
const MISSING = join(FOLDER, 'velero-s3.yaml');
const PLACE = 'SealedCredential \'test/credential\'';
const DELIVERED = {
  'argocd.argoproj.io/sync-wave': '-6',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
};
const WIDENED = { ...PASSWORD.metadata.annotations, 'sealedsecrets.bitnami.com/cluster-wide': 'true' };

let files = 0;

/** Writes a file and makes a credential of it, alone in a chart. */
function credential(content: Loose, options?: SealedCredentialOptions, chart = Testing.chart()): SealedCredential {
  const path = fileIn(FOLDER, `${++files}.yaml`, typeof content === 'string' ? content : yamlOf(content));
  return SealedCredential.fromFile(chart, 'credential', path, options);
}

function emitted(content: Loose): any[] {
  const chart = Testing.chart();
  credential(content, undefined, chart);
  return synthesized(chart);
}

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('a credential', () => {
  test('of S3 names the file that the controller composes for Velero', () => {
    const { secretName, namespace, secretKey } = credential(S3);
    expect({ secretName, namespace, secretKey }).toEqual({ secretName: 'velero-s3', namespace: 'velero', secretKey: 'cloud' });
  });

  test('of the repositories names their password', () => {
    const { secretName, namespace, secretKey } = credential(PASSWORD);
    expect({ secretName, namespace, secretKey }).toEqual({ secretName: 'velero-repo-credentials', namespace: 'velero', secretKey: 'repository-password' });
  });

  test('may be any key, the only one or the one that is named', () => {
    const { encryptedData: { accessKey, secretKey } } = S3.spec;
    const two = { ...S3, spec: { encryptedData: { accessKey, secretKey } } };
    expect(credential({ ...S3, spec: { encryptedData: { token: secretKey } } }).secretKey).toBe('token');
    expect(credential(two, { key: 'secretKey' }).secretKey).toBe('secretKey');
    expect(() => credential(two)).toThrow(new Error(`${PLACE}: key: wanted the key that holds the credential, one of accessKey, secretKey; name it in the options`));
    expect(messageOf(() => credential(two, { key: 'cloud' })))
      .toBe(`${PLACE}: key got "cloud", wanted one of the keys in ${files}.yaml: accessKey, secretKey`);
  });

  test('is what the app expects', () => {
    expect(credential(S3, { key: 'cloud', name: 'velero-s3', namespace: 'velero', certificate: KEY.pem }).secretName).toBe('velero-s3');
  });
});

describe('what is emitted', () => {
  test('is the file as it is, with what tells ArgoCD how to apply it', () => {
    expect(emitted(S3)).toEqual([{ ...S3, metadata: { ...S3.metadata, annotations: { ...DELIVERED, ...S3.metadata.annotations } } }]);
    expect(emitted(PASSWORD)[0].spec).toEqual(PASSWORD.spec);
  });

  test.each<[string, (manifest: Loose) => string]>([
    ['JSON', manifest => JSON.stringify(manifest)],
    ['YAML after a separator, as kubeseal writes it', manifest => `---\n${yamlOf(manifest)}`],
    ['YAML with Windows line ends', manifest => yamlOf(manifest).replace(/\n/g, '\r\n')],
  ])('is the same when it lies there as %s', (_, text) => {
    expect(emitted(text(S3))).toEqual(emitted(S3));
  });

  test('by kubeseal has the nulls left out and lets the controller adopt a restored Secret', () => {
    const { secretKey } = S3.spec.encryptedData;
    expect(emitted({
      kind: 'SealedSecret',
      apiVersion: 'bitnami.com/v1alpha1',
      metadata: { name: 's3', namespace: 'velero', creationTimestamp: null, labels: { team: 'storage' } },
      spec: { template: { metadata: { name: 's3', namespace: 'velero', creationTimestamp: null } }, encryptedData: { secretKey } },
      status: {},
    })).toEqual([{
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 's3', namespace: 'velero', labels: { team: 'storage' }, annotations: DELIVERED },
      spec: {
        encryptedData: { secretKey },
        template: { metadata: { name: 's3', namespace: 'velero', annotations: { 'sealedsecrets.bitnami.com/managed': 'true' } } },
      },
    }]);
  });

  test('without a template gets the one annotation', () => {
    const [{ spec }] = emitted({ ...PASSWORD, spec: { encryptedData: PASSWORD.spec.encryptedData } });
    expect(spec).toEqual({
      encryptedData: PASSWORD.spec.encryptedData, template: { metadata: { annotations: { 'sealedsecrets.bitnami.com/managed': 'true' } } },
    });
  });

  test('keeps annotations that somebody set', () => {
    const manifest = structuredClone(S3);
    manifest.metadata.annotations['argocd.argoproj.io/sync-wave'] = '3';
    manifest.spec.template.metadata.annotations['sealedsecrets.bitnami.com/managed'] = 'false';
    const [{ metadata, spec }] = emitted(manifest);
    expect(metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('3');
    expect(spec.template.metadata.annotations).toEqual({ 'sealedsecrets.bitnami.com/managed': 'false' });
  });

  test('can be patched', () => {
    const { kind, name } = defaultChildOf(credential(S3));
    expect([kind, name]).toEqual(['SealedSecret', 'velero-s3']);
  });

  test('changes nothing on the disk, and is the same each time', () => {
    const path = fileIn(FOLDER, 'kept.yaml', yamlOf(S3));
    const before = [readFileSync(path, 'utf8'), statSync(path).mtimeMs, readdirSync(FOLDER)];
    const twice = [1, 2].map(() => {
      const chart = Testing.chart();
      SealedCredential.fromFile(chart, 'credential', path);
      return synthesized(chart);
    });
    expect(twice[0]).toEqual(twice[1]);
    expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs, readdirSync(FOLDER)]).toEqual(before);
  });
});

describe('fails where the file is not, with the command that makes it:', () => {
  test.each<[string, SealedCredentialOptions, string]>([
    ['velero-s3.yaml', {}, 's3 --name velero-s3 --namespace velero'],
    ['velero-s3.sealed.json', {}, 's3 --name velero-s3 --namespace velero'],
    ['velero-s3.sealed.yml', { namespace: 'backup' }, 's3 --name velero-s3 --namespace backup'],
    ['anything.yaml', { name: 'velero-s3' }, 's3 --name velero-s3 --namespace velero'],
    ['velero-repo-credentials.yaml', {}, 'repository-password --namespace velero'],
    ['repository-password.yaml', {}, 'repository-password --namespace velero'],
    ['sealed.yaml', { key: 'repository-password' }, 'repository-password --namespace velero'],
    ['sealed.yaml', { name: 'velero-repo-credentials' }, 'repository-password --namespace velero'],
    ['velero-repo.yaml', { key: 'cloud' }, 's3 --name velero-repo --namespace velero'],
    ['report-store.yaml', {}, 's3 --name report-store --namespace velero'],
    ['velero-password.yaml', {}, 'repository-password --namespace velero'],
  ])('%s with %j', (file, options, command) => {
    const path = join(FOLDER, 'none', file);
    const warned = command.startsWith('repository-password') ? 'check the path: another password opens none of the backups so far; where there never was one, ' : '';
    expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', path, options)).toThrow(new Error(
      `${PLACE}: path got "${path}", wanted a SealedSecret, but there is no such file; ${warned}`
      + `make it: npx cdk8s-velero seal ${command} --cert sealed-secrets.pem --out ${path}`,
    ));
  });

  test('what a shell would read in another way is quoted, and a file name that is no name of a Secret is none', () => {
    const path = join(FOLDER, 'none', "My Secret's$HOME.yaml");
    expect(messageOf(() => SealedCredential.fromFile(Testing.chart(), 'credential', path, { namespace: 'a;b' })))
      .toBe(`${PLACE}: path got "${path}", wanted a SealedSecret, but there is no such file; make it: npx cdk8s-velero seal s3 --name velero-s3 `
        + `--namespace 'a;b' --cert sealed-secrets.pem --out '${join(FOLDER, 'none')}/My Secret'\\''s$HOME.yaml'`);
  });

  test('a path with a space is quoted', () => {
    expect(messageOf(() => SealedCredential.fromFile(Testing.chart(), 'credential', join(FOLDER, 'my files', 's3.yaml'))))
      .toMatch(/ --out '[^']+\/my files\/s3\.yaml'$/);
  });
});

describe('fails with', () => {
  test('a path that depends on where synth is started', () => {
    expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', 'sealed/s3.yaml')).toThrow(new Error(
      `${PLACE}: path got "sealed/s3.yaml", wanted an absolute path; write path.join(__dirname, "sealed/s3.yaml")`,
    ));
  });

  test('what no type stopped', () => {
    expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', undefined as any, { nmespace: 'velero', key: 5 } as any)).toThrow(new Error([
      `${PLACE}: 3 problems`,
      '  - path: wanted a string',
      '  - nmespace: wanted a prop that there is; write namespace',
      '  - key got 5, wanted a string',
    ].join('\n')));
    expect(SealedCredential.fromFile(Testing.chart(), 'credential', fileIn(FOLDER, 'plain.yaml', yamlOf(S3)), null as any).secretKey).toBe('cloud');
  });

  test('a folder', () => {
    const path = join(FOLDER, 'folder');
    mkdirSync(path);
    expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', path)).toThrow(new Error(`${PLACE}: path got "${path}", wanted a SealedSecret, but it is no file`));
  });

  test('a file that cannot be read, by the reason', () => {
    const loop = join(FOLDER, 'loop.yaml');
    symlinkSync(loop, loop);
    const below = join(fileIn(FOLDER, 'file.yaml', yamlOf(S3)), 's3.yaml');
    for (const [path, reason] of [[loop, 'its links lead in a circle'], [below, 'a part of its path is no folder']]) {
      expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', path))
        .toThrow(new Error(`${PLACE}: path got "${path}", wanted a file that can be read: ${reason}`));
    }
  });

  test.each(['statSync', 'readFileSync'] as const)('a file that %s may not look at', call => {
    const path = fileIn(FOLDER, 'denied.yaml', yamlOf(S3));
    const denied = jest.spyOn(jest.requireActual<typeof import('fs')>('fs'), call as 'statSync').mockImplementation(() => {
      throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' });
    });
    try {
      expect(() => SealedCredential.fromFile(Testing.chart(), 'credential', path))
        .toThrow(new Error(`${PLACE}: path got "${path}", wanted a file that can be read: permission denied`));
    } finally {
      denied.mockRestore();
    }
  });

  test('a link to nothing', () => {
    const path = join(FOLDER, 'link.yaml');
    symlinkSync(MISSING, path);
    expect(messageOf(() => SealedCredential.fromFile(Testing.chart(), 'credential', path)))
      .toMatch(/wanted a SealedSecret, but there is no such file; make it: npx cdk8s-velero seal s3 --name link /);
  });

  test.each<[string, Loose, SealedCredentialOptions, string]>([
    ['an empty file', '', {}, 'file got "0 documents", wanted one SealedSecret; keep one in a file'],
    ['two documents', `${yamlOf(S3)}---\n${yamlOf(PASSWORD)}`, {}, 'file got "2 documents", wanted one SealedSecret; keep one in a file'],
    ['what is no YAML', `kind: "${PLAIN.secretKey}`, {}, 'line 1: wanted YAML or JSON (MISSING_CHAR); seal it again'],
    ['a Secret that nobody sealed', { apiVersion: 'v1', kind: 'Secret', stringData: PLAIN }, {},
      'kind got "v1 Secret", wanted one SealedSecret of bitnami.com/v1alpha1; seal the Secret first: never commit it as it is'],
    ['another name', S3, { name: 'other' }, 'metadata.name got "velero-s3", wanted other, which the app names; seal it again for that name'],
    ['another namespace', S3, { namespace: 'backup' },
      'metadata.namespace got "velero", wanted backup, which the app names; seal it again for that namespace'],
    ['an edited name', { ...S3, metadata: { ...S3.metadata, name: 'other' } }, {},
      'metadata.name got "other", wanted velero-s3, for which it was sealed: under another name no key decrypts it; seal it again instead of editing it'],
    ['an edited scope', { ...PASSWORD, metadata: { ...PASSWORD.metadata, annotations: WIDENED } }, {},
      'scope got "cluster-wide", wanted strict, as in the template: under another scope no key decrypts it; seal it again instead of editing it'],
    ['no sealed key', { ...PASSWORD, spec: { encryptedData: {} } }, {}, 'spec.encryptedData: wanted at least one sealed key; seal it again'],
    ['bad base64', { ...PASSWORD, spec: { encryptedData: { 'repository-password': `${PASSWORD.spec.encryptedData['repository-password']}!` } } }, {},
      'spec.encryptedData.repository-password: wanted a sealed value in base64: this one is truncated or not sealed; seal it again'],
    ['a value that nobody sealed', { ...PASSWORD, spec: { encryptedData: { 'repository-password': PLAIN.password } } }, {},
      'spec.encryptedData.repository-password: wanted a sealed value in base64: this one is truncated or not sealed; seal it again'],
    ['half of a pair that a rotation left', { ...PASSWORD, spec: { encryptedData: { nextSecretKey: S3.spec.encryptedData.secretKey } } }, {},
      'next pair got "nextSecretKey", wanted both nextAccessKey and nextSecretKey, or none; leave it out'],
    ['a certificate of another key', PASSWORD, { certificate: OTHER.pem },
      `sealed with got "${fingerprintOf(KEY.publicKey)}", wanted the certificate that was given, ${fingerprintOf(OTHER.publicKey)}; `
      + 'seal it again with that certificate, or give the one it was sealed with'],
    ['a certificate that is a private key', PASSWORD, { certificate: privatePem(KEY) },
      'certificate: wanted a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----; '
      + 'get it from the running controller: npx cdk8s-velero seal fetch-cert --out sealed-secrets.pem'],
    ['a value under a key of another size', PASSWORD, { certificate: rsaKey(3072).pem },
      'spec.encryptedData.repository-password got "sealed with a key of 2048 bits", wanted the 3072 bits of the certificate; seal it again with that certificate'],
  ])('%s', (_, content, options, message) => {
    const chart = Testing.chart();
    expect(messageOf(() => credential(content, options, chart))).toBe(`${PLACE}: ${files}.yaml: ${message}`);
    expect(synthesized(chart)).toEqual([]);
  });

  test('everything that is wrong, said at once', () => {
    const edited = { ...S3, metadata: { ...S3.metadata, annotations: { ...S3.metadata.annotations, 'sealedsecrets.bitnami.com/namespace-wide': 'true' } } };
    expect(messageOf(() => credential(edited, { name: 'other', namespace: 'backup' }))).toBe([
      `${PLACE}: ${files}.yaml: 3 problems`,
      '  - metadata.name got "velero-s3", wanted other, which the app names; seal it again for that name',
      '  - metadata.namespace got "velero", wanted backup, which the app names; seal it again for that namespace',
      '  - scope got "namespace-wide", wanted strict, as in the template: under another scope no key decrypts it; seal it again instead of editing it',
    ].join('\n'));
  });

  test('the same Secret twice in an app', () => {
    const app = Testing.app();
    credential(S3, {}, new Chart(app, 'one'));
    expect(() => credential(S3, {}, new Chart(app, 'two'))).toThrow(new Error(
      "SealedCredential 'two/credential': name got \"velero/velero-s3\", wanted a Secret that no other construct makes; "
      + "'one/credential' makes it already: rename or remove one of them",
    ));
  });
});
