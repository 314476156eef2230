import { X509Certificate } from 'crypto';
import { Problem } from '../findings';
import { shapeOf } from './sealed-value';

/** Annotations that widen what a value is sealed for; the controller reads those of the SealedSecret, not those of the template. */
const SCOPES = ['sealedsecrets.bitnami.com/namespace-wide', 'sealedsecrets.bitnami.com/cluster-wide'];

/** A manifest as it was parsed: nothing about it is known yet. */
export interface SealedSecretManifest {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { name?: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  readonly spec?: {
    readonly encryptedData?: Record<string, unknown>;
    readonly data?: unknown;
    readonly template?: {
      readonly type?: string;
      readonly immutable?: boolean;
      readonly metadata?: { name?: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
      readonly data?: Record<string, string>;
    };
  };
}

/** What the app expects of a manifest. */
export interface Expected {
  readonly name?: string;
  readonly namespace?: string;
  readonly certificate?: string;
}

/**
 * What is wrong with a SealedSecret, as far as it can be told without the private key. The controller itself tells nearly all of this with the
 * same words, "no key could decrypt secret".
 */
export function wrongManifest(manifest: SealedSecretManifest, expected: Expected): (Problem | undefined)[] {
  if (manifest?.apiVersion !== 'bitnami.com/v1alpha1' || manifest.kind !== 'SealedSecret') {
    const { apiVersion, kind } = manifest ?? {};
    return [{ what: 'kind', got: `${apiVersion} ${kind}`, wanted: 'one SealedSecret of bitnami.com/v1alpha1', next: 'seal the Secret first: never commit it as it is' }];
  }
  return [...wrongNames(manifest, expected), ...wrongScope(manifest), ...wrongKeys(manifest), ...wrongValues(manifest, expected.certificate)];
}

/** Keys of the Secret that comes out: sealed ones, and those that the template composes of them. */
export function keysOf({ spec }: SealedSecretManifest): string[] {
  return [...new Set([...Object.keys(spec?.encryptedData ?? {}), ...Object.keys(spec?.template?.data ?? {})])].sort();
}

function wrongNames({ metadata = {}, spec }: SealedSecretManifest, expected: Expected): (Problem | undefined)[] {
  const template = spec?.template?.metadata ?? {};
  return (['name', 'namespace'] as const).flatMap(field => {
    const sealedFor = metadata[field];
    if (!sealedFor) {
      return [{ what: `metadata.${field}`, wanted: `the ${field} that it was sealed for`, next: 'seal it again with --name and --namespace' }];
    }
    return [
      template[field] === undefined || template[field] === sealedFor ? undefined : {
        what: `metadata.${field}`,
        got: sealedFor,
        wanted: `${template[field]}, for which it was sealed: under another ${field} no key decrypts it`,
        next: 'seal it again instead of editing it',
      },
      expected[field] === undefined || expected[field] === sealedFor ? undefined : {
        what: `metadata.${field}`, got: sealedFor, wanted: `${expected[field]}, which the app names`, next: `seal it again for that ${field}`,
      },
    ];
  });
}

function wrongScope({ metadata, spec }: SealedSecretManifest): (Problem | undefined)[] {
  const template = spec?.template?.metadata;
  return SCOPES.map(scope => {
    const [outer, inner] = [metadata?.annotations?.[scope], template?.annotations?.[scope]];
    return template?.annotations === undefined || outer === inner ? undefined : {
      what: `annotation ${scope}`,
      got: outer ?? 'none',
      wanted: `${inner ?? 'none'}, as in the template: under another scope no key decrypts it`,
      next: 'seal it again instead of editing it',
    };
  });
}

function wrongKeys({ spec = {} }: SealedSecretManifest): (Problem | undefined)[] {
  const sealed = Object.keys(spec.encryptedData ?? {});
  const composed = Object.keys(spec.template?.data ?? {});
  return [
    spec.data === undefined ? undefined : { what: 'spec.data', wanted: 'spec.encryptedData: one blob for all keys is deprecated', next: 'seal it again' },
    sealed.length > 0 ? undefined : { what: 'spec.encryptedData', wanted: 'at least one sealed key', next: 'seal it again' },
    ...sealed.filter(key => composed.includes(key)).map(key => ({
      what: `key ${key}`, wanted: 'either a sealed value or a template: which one wins depends on the version of the controller', next: 'leave it out of template.data',
    })),
    ...composed.filter(key => !/\{\{.*\}\}/s.test(String(spec.template!.data![key]))).map(key => ({
      what: `spec.template.data.${key}`, wanted: 'a template that refers to sealed keys: it is plain text in git', next: 'seal the value',
    })),
  ];
}

function wrongValues({ spec }: SealedSecretManifest, certificate: string | undefined): (Problem | undefined)[] {
  const bits = certificate === undefined ? undefined : new X509Certificate(certificate).publicKey.asymmetricKeyDetails?.modulusLength;
  return Object.entries(spec?.encryptedData ?? {}).map(([key, value]) => {
    const shape = shapeOf(value);
    const what = `spec.encryptedData.${key}`;
    if (shape === undefined) {
      return { what, wanted: 'a sealed value in base64: this one is truncated or not sealed', next: 'seal it again' };
    }
    return bits === undefined || shape.keyBits === bits ? undefined : {
      what, got: `sealed with a key of ${shape.keyBits} bits`, wanted: `the ${bits} bits of the certificate`, next: 'seal it again with that certificate',
    };
  });
}
