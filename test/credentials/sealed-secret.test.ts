import * as fc from 'fast-check';
import { keysOf, scopeOf, wrongManifest } from '../../src/credentials/sealed-secret';
import { asSealedSecret } from '../../src/credentials/sealed-types';
import { Problem, Problems } from '../../src/findings';
import { rsaKey } from '../certificates';
import { Loose, PLAIN, sealedPassword, sealedS3 } from './sealed-files';

const KEY = rsaKey();
const SEED = 20460102;
const S3 = sealedS3(KEY);
const PASSWORD = sealedPassword(KEY);
const WIDE = 'sealedsecrets.bitnami.com/namespace-wide';
const WIDER = 'sealedsecrets.bitnami.com/cluster-wide';
const AGAIN = { next: 'seal it again' };
const EDITED = { next: 'seal it again instead of editing it' };
const NAME = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const LABEL = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';

/** A sealed manifest with something changed. */
function changed(change: (manifest: Loose) => void, manifest: Loose = S3): Loose {
  const copy = structuredClone(manifest);
  change(copy);
  return copy;
}

function typed(manifest: Loose) {
  return asSealedSecret(manifest, new Problems('place'));
}

function problemsOf(manifest: Loose, expected = {}): (Problem | undefined)[] {
  return wrongManifest(typed(manifest), expected).filter(problem => problem !== undefined);
}

describe('the types of a SealedSecret', () => {
  test('of whatever is sealed are right', () => {
    expect(typed(S3)).toEqual(S3);
    expect(typed(PASSWORD)).toEqual(PASSWORD);
  });

  test('null is what nobody set, as kubeseal writes it', () => {
    const manifest = changed(({ metadata, spec }) => {
      metadata.creationTimestamp = null;
      metadata.labels = null;
      spec.data = null;
      spec.template.metadata.creationTimestamp = null;
      spec.template.immutable = null;
    });
    expect(typed(manifest)).toEqual({ ...S3, spec: { ...S3.spec, data: undefined } });
    expect(typed({ apiVersion: S3.apiVersion, kind: S3.kind, metadata: null, spec: null }))
      .toEqual({ apiVersion: S3.apiVersion, kind: S3.kind, metadata: {}, spec: { encryptedData: {} } });
    expect(typed({ ...S3, spec: { encryptedData: null, template: null } }).spec).toEqual({ encryptedData: {} });
  });

  test.each<[string, Loose, string]>([
    ['a plain Secret', { apiVersion: 'v1', kind: 'Secret', stringData: { secretKey: PLAIN.secretKey } }, 'v1 Secret'],
    ['another version', { ...S3, apiVersion: 'bitnami.com/v1' }, 'bitnami.com/v1 SealedSecret'],
    ['another kind', { ...S3, kind: 'sealedsecret' }, 'bitnami.com/v1alpha1 sealedsecret'],
    ['a kind that is no word', { ...S3, kind: { secretKey: PLAIN.secretKey } }, 'bitnami.com/v1alpha1 none'],
    ['nothing', null, 'none none'],
    ['a word', PLAIN.secretKey, 'none none'],
    ['a list', [S3], 'none none'],
  ])('%s is none', (_, manifest, got) => {
    expect(() => typed(manifest)).toThrow(new Error(
      `place: kind got "${got}", wanted one SealedSecret of bitnami.com/v1alpha1; seal the Secret first: never commit it as it is`,
    ));
  });

  test.each<[string, (manifest: Loose) => void, string]>([
    ['metadata', manifest => { manifest.metadata = 'x'; }, 'metadata: wanted a map'],
    ['a name', ({ metadata }) => { metadata.name = 5; }, 'metadata.name: wanted a string'],
    ['a namespace', ({ metadata }) => { metadata.namespace = ['x']; }, 'metadata.namespace: wanted a string'],
    ['labels', ({ metadata }) => { metadata.labels = { a: true }; }, 'metadata.labels: wanted a map of strings'],
    ['annotations', ({ metadata }) => { metadata.annotations = []; }, 'metadata.annotations: wanted a map of strings'],
    ['a spec', manifest => { manifest.spec = []; }, 'spec: wanted a map'],
    ['sealed data', ({ spec }) => { spec.encryptedData = PLAIN.secretKey; }, 'spec.encryptedData: wanted a map'],
    ['a template', ({ spec }) => { spec.template = PLAIN.secretKey; }, 'spec.template: wanted a map'],
    ['metadata of the template', ({ spec }) => { spec.template.metadata = 1; }, 'spec.template.metadata: wanted a map'],
    ['a name in the template', ({ spec }) => { spec.template.metadata.name = {}; }, 'spec.template.metadata.name: wanted a string'],
    ['template data', ({ spec }) => { spec.template.data.cloud = { secretKey: PLAIN.secretKey }; }, 'spec.template.data: wanted a map of strings'],
  ])('%s of another type fails, without its value', (_, change, message) => {
    expect(() => typed(changed(change))).toThrow(new Error(`place: ${message}; seal it again`));
  });

  test('one blob for all keys fails, with everything else that is wrong', () => {
    expect(() => typed(changed(({ metadata, spec }) => {
      spec.data = 'AgAA';
      metadata.name = 1;
    }))).toThrow(new Error([
      'place: 2 problems',
      '  - spec.data: wanted spec.encryptedData: one blob for all keys is deprecated; seal it again',
      '  - metadata.name: wanted a string; seal it again',
    ].join('\n')));
  });

  test('anything else is a message', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true }), fc.constantFrom('metadata', 'spec', 'kind'), (wild, field) => {
      for (const manifest of [wild, { ...S3, [field]: wild }]) {
        try {
          wrongManifest(typed(manifest));
        } catch (error) {
          expect((error as Error).message).toMatch(/^place: /);
        }
      }
    }), { seed: SEED, numRuns: 500 });
  });
});

test.each<[string, Record<string, string> | undefined, string]>([
  ['no annotations', undefined, 'strict'],
  ['namespace-wide', { [WIDE]: 'true' }, 'namespace-wide'],
  ['cluster-wide', { [WIDER]: 'true' }, 'cluster-wide'],
  ['both', { [WIDE]: 'true', [WIDER]: 'true' }, 'cluster-wide'],
  ['any other word than true', { [WIDE]: 'True', [WIDER]: 'yes' }, 'strict'],
])('the scope with %s', (_, annotations, scope) => {
  expect(scopeOf({ annotations })).toBe(scope);
  expect(scopeOf(undefined)).toBe('strict');
});

test('the keys of the Secret are the sealed and the composed ones', () => {
  expect(keysOf(typed(S3))).toEqual(['accessKey', 'cloud', 'secretKey']);
  expect(keysOf(typed(PASSWORD))).toEqual(['repository-password']);
});

describe('wrong with a manifest is', () => {
  test('nothing, as it was sealed', () => {
    expect(problemsOf(S3, { name: 'velero-s3', namespace: 'velero', certificate: KEY.pem })).toEqual([]);
    expect(problemsOf(PASSWORD, { certificate: KEY.pem })).toEqual([]);
  });

  test.each<[string, (manifest: Loose) => void, Problem[]]>([
    ['no name', ({ metadata }) => { delete metadata.name; },
      [{ what: 'metadata.name', wanted: 'the name that it was sealed for', next: 'seal it again with --name and --namespace' }]],
    ['an empty namespace', ({ metadata }) => { metadata.namespace = ''; },
      [{ what: 'metadata.namespace', wanted: 'the namespace that it was sealed for', next: 'seal it again with --name and --namespace' }]],
    ['a name that is none', ({ metadata, spec }) => { metadata.name = spec.template.metadata.name = 'A'; }, [{ what: 'metadata.name', got: 'A', wanted: NAME }]],
    ['a namespace that is none', ({ metadata, spec }) => { metadata.namespace = spec.template.metadata.namespace = 'a.b'; },
      [{ what: 'metadata.namespace', got: 'a.b', wanted: LABEL }]],
    ['an edited name', ({ metadata }) => { metadata.name = 'other'; },
      [{ what: 'metadata.name', got: 'other', wanted: 'velero-s3, for which it was sealed: under another name no key decrypts it', ...EDITED }]],
    ['an edited namespace', ({ metadata }) => { metadata.namespace = 'other'; },
      [{ what: 'metadata.namespace', got: 'other', wanted: 'velero, for which it was sealed: under another namespace no key decrypts it', ...EDITED }]],
    ['an edited scope', ({ metadata }) => { metadata.annotations[WIDE] = 'true'; },
      [{ what: 'scope', got: 'namespace-wide', wanted: 'strict, as in the template: under another scope no key decrypts it', ...EDITED }]],
    ['a scope only in the template', ({ spec }) => { spec.template.metadata.annotations[WIDER] = 'true'; },
      [{ what: 'scope', got: 'strict', wanted: 'cluster-wide, as in the template: under another scope no key decrypts it', ...EDITED }]],
    ['no sealed key', ({ spec }) => { spec.encryptedData = {}; }, [{ what: 'spec.encryptedData', wanted: 'at least one sealed key', ...AGAIN }]],
    ['a key with a slash', ({ spec }) => { spec.template.data['a/b'] = '{{ .secretKey }}'; },
      [{ what: 'key', got: 'a/b', wanted: 'a key of a Secret: at most 253 letters, digits, "-", "_" and "."' }]],
    ['a key that is both', ({ spec }) => { spec.template.data.secretKey = '{{ .secretKey }}'; }, [{
      what: 'key secretKey',
      wanted: 'either a sealed value or a template: which one wins depends on the version of the controller',
      next: 'leave it out of template.data',
    }]],
    ['a plain value in the template', ({ spec }) => { spec.template.data.cloud = PLAIN.secretKey; },
      [{ what: 'spec.template.data.cloud', wanted: 'a template that refers to sealed keys: it is plain text in git', next: 'seal the value' }]],
    ['a plain value', ({ spec }) => { spec.encryptedData.secretKey = PLAIN.secretKey; },
      [{ what: 'spec.encryptedData.secretKey', wanted: 'a sealed value in base64: this one is truncated or not sealed', ...AGAIN }]],
    ['a value in base64 that nobody sealed', ({ spec }) => { spec.encryptedData.secretKey = Buffer.from(PLAIN.secretKey).toString('base64'); },
      [{ what: 'spec.encryptedData.secretKey', wanted: 'a sealed value in base64: this one is truncated or not sealed', ...AGAIN }]],
    ['a value that is null', ({ spec }) => { spec.encryptedData.secretKey = null; },
      [{ what: 'spec.encryptedData.secretKey', wanted: 'a sealed value in base64: this one is truncated or not sealed', ...AGAIN }]],
  ])('%s', (_, change, problems) => {
    expect(problemsOf(changed(change))).toEqual(problems);
  });

  test('what the app names otherwise', () => {
    expect(problemsOf(S3, { name: 'other', namespace: 'backup' })).toEqual([
      { what: 'metadata.name', got: 'velero-s3', wanted: 'other, which the app names', next: 'seal it again for that name' },
      { what: 'metadata.namespace', got: 'velero', wanted: 'backup, which the app names', next: 'seal it again for that namespace' },
    ]);
  });

  test('a value under a key of another size', () => {
    const sized = { next: 'seal it again with that certificate', got: 'sealed with a key of 2048 bits', wanted: 'the 3072 bits of the certificate' };
    expect(problemsOf(S3, { certificate: rsaKey(3072).pem })).toEqual([
      { what: 'spec.encryptedData.accessKey', ...sized }, { what: 'spec.encryptedData.secretKey', ...sized },
    ]);
  });

  test('a certificate that is none', () => {
    expect(problemsOf(S3, { certificate: 'x' })).toEqual([{
      what: 'certificate',
      wanted: 'a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----',
      next: 'get it from the running controller: npx cdk8s-velero seal fetch-cert --out sealed-secrets.pem',
    }]);
  });
});

describe('not wrong is', () => {
  test('another name under a scope that does not bind it', () => {
    const wide = sealedS3(KEY, { scope: 'namespace-wide' });
    expect(problemsOf(changed(({ metadata }) => { metadata.name = 'other'; }, wide))).toEqual([]);
    expect(problemsOf(changed(({ metadata }) => { metadata.namespace = 'other'; }, wide))).toHaveLength(1);
    const wider = sealedS3(KEY, { scope: 'cluster-wide' });
    expect(problemsOf(changed(({ metadata }) => { metadata.name = metadata.namespace = 'other'; }, wider))).toEqual([]);
  });

  test('what kubeseal leaves out: the template, and so the scope in it', () => {
    expect(problemsOf(changed(({ metadata, spec }) => {
      metadata.annotations = { [WIDER]: 'true' };
      delete spec.template;
    }))).toEqual([]);
  });
});
