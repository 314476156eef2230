import { dnsLabel, dnsSubdomain, Problem } from '../findings';
import { CURRENT_PAIR, has, NEXT_PAIR } from './s3-pairs';
import { SealingScope } from './seal';
import { shapeOf } from './sealed-value';
import { isProblem, readCertificate, type SealingCertificate } from './sealing-certificate';
import { secretKey } from './secret-key';

export const API_VERSION = 'bitnami.com/v1alpha1';
export const KIND = 'SealedSecret';

/** The annotations that have a meaning: the controller's, then our own. */
export const ANNOTATION = {
  'namespace-wide': 'sealedsecrets.bitnami.com/namespace-wide',
  'cluster-wide': 'sealedsecrets.bitnami.com/cluster-wide',
  /** A Secret that Velero restored belongs to nobody; with this one the controller takes it over again instead of giving up. */
  'managed': 'sealedsecrets.bitnami.com/managed',
  'sealedWith': 'cdk8s-velero/sealed-with',
  'certificateExpires': 'cdk8s-velero/certificate-expires',
  'credential': 'cdk8s-velero/credential',
} as const;

/** Metadata of a SealedSecret or of its template. */
export interface SealedMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/** A SealedSecret whose fields are of the right types. */
export interface SealedSecretManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: SealedMetadata;
  readonly spec: {
    readonly encryptedData: Record<string, unknown>;
    readonly template?: {
      readonly type?: string;
      readonly immutable?: boolean;
      readonly metadata?: SealedMetadata;
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
export function wrongManifest(manifest: SealedSecretManifest, expected: Expected = {}): (Problem | undefined)[] {
  return [...wrongNames(manifest, expected), ...wrongScope(manifest), ...wrongKeys(manifest), ...wrongValues(manifest, expected.certificate)];
}

/** Keys of the Secret that comes out: sealed ones, and those that the template composes of them. */
export function keysOf({ spec }: SealedSecretManifest): string[] {
  return [...new Set([...Object.keys(spec.encryptedData), ...Object.keys(spec.template?.data ?? {})])].sort();
}

/** What the values are bound to. The controller reads the annotations of the SealedSecret, not those of the template. */
export function scopeOf(metadata: SealedMetadata | undefined): SealingScope {
  return (['cluster-wide', 'namespace-wide'] as const).find(scope => metadata?.annotations?.[ANNOTATION[scope]] === 'true') ?? 'strict';
}

function wrongNames({ metadata, spec: { template } }: SealedSecretManifest, expected: Expected): (Problem | undefined)[] {
  const scope = scopeOf(metadata);
  const bound = { name: scope === 'strict', namespace: scope !== 'cluster-wide' };
  return (['name', 'namespace'] as const).flatMap(field => {
    const what = `metadata.${field}`;
    const [got, sealedFor] = [metadata[field], template?.metadata?.[field]];
    if (!got) {
      return [{ what, wanted: `the ${field} that it was sealed for`, next: 'seal it again with --name and --namespace' }];
    }
    return [
      field === 'name' ? dnsSubdomain(what, got) : dnsLabel(what, got),
      !bound[field] || !sealedFor || sealedFor === got ? undefined : {
        what, got, wanted: `${sealedFor}, for which it was sealed: under another ${field} no key decrypts it`, next: 'seal it again instead of editing it',
      },
      expected[field] === undefined || expected[field] === got ? undefined : {
        what, got, wanted: `${expected[field]}, which the app names`, next: `seal it again for that ${field}`,
      },
    ];
  });
}

/** Whoever seals by hand may leave the scope out of the template; whoever writes it there meant it. */
function wrongScope({ metadata, spec: { template } }: SealedSecretManifest): (Problem | undefined)[] {
  const [got, sealedFor] = [scopeOf(metadata), scopeOf(template?.metadata)];
  const told = sealedFor !== 'strict' || metadata.annotations?.[ANNOTATION.sealedWith] !== undefined;
  return [!told || got === sealedFor ? undefined : {
    what: 'scope', got, wanted: `${sealedFor}, as in the template: under another scope no key decrypts it`, next: 'seal it again instead of editing it',
  }];
}

function wrongKeys({ spec: { encryptedData, template } }: SealedSecretManifest): (Problem | undefined)[] {
  const sealed = Object.keys(encryptedData);
  const composed = Object.entries(template?.data ?? {});
  return [
    sealed.length > 0 ? undefined : { what: 'spec.encryptedData', wanted: 'at least one sealed key', next: 'seal it again' },
    halfPair(sealed),
    ...[...sealed, ...composed.map(([key]) => key)].map(key => secretKey('key', key)),
    ...composed.filter(([key]) => sealed.includes(key)).map(([key]) => ({
      what: `key ${key}`, wanted: 'either a sealed value or a template: which one wins depends on the version of the controller', next: 'leave it out of template.data',
    })),
    ...composed.filter(([, text]) => !/\{\{.*\}\}/s.test(text)).map(([key]) => ({
      what: `spec.template.data.${key}`, wanted: 'a template that refers to sealed keys: it is plain text in git', next: 'seal the value',
    })),
  ];
}

/** Rook takes a pair whole, and who edits the file by hand forgets one of them. */
function halfPair(sealed: string[]): Problem | undefined {
  const there = Object.values(NEXT_PAIR).filter(key => sealed.includes(key));
  return there.length === 0 || has(sealed, NEXT_PAIR) ? undefined : {
    what: 'next pair', got: there.join(), wanted: `both ${NEXT_PAIR.accessKey} and ${NEXT_PAIR.secretKey}, or none`, next: 'leave it out',
  };
}

function wrongValues({ metadata, spec: { encryptedData } }: SealedSecretManifest, pem: string | undefined): (Problem | undefined)[] {
  const certificate = pem === undefined ? undefined : readCertificate('certificate', pem);
  if (certificate && isProblem(certificate)) {
    return [certificate];
  }
  const kept = has(Object.keys(encryptedData), NEXT_PAIR) ? Object.values(CURRENT_PAIR) : []; // a rotation leaves it under the key of before
  const wrongBits = Object.entries(encryptedData).map(([key, value]) => {
    const shape = shapeOf(value);
    const what = `spec.encryptedData.${key}`;
    if (shape === undefined) {
      return { what, wanted: 'a sealed value in base64: this one is truncated or not sealed', next: 'seal it again' };
    }
    return !certificate || kept.includes(key) || shape.keyBits === certificate.bits ? undefined : {
      what,
      got: `sealed with a key of ${shape.keyBits} bits`,
      wanted: `the ${certificate.bits} bits of the certificate`,
      next: 'seal it again with that certificate',
    };
  });
  return certificate === undefined || wrongBits.some(problem => problem !== undefined) ? wrongBits : [wrongFingerprint(metadata, certificate)];
}

/** Only files that were sealed here tell it: keys of one size look alike. */
function wrongFingerprint({ annotations }: SealedMetadata, { fingerprint }: SealingCertificate): Problem | undefined {
  const got = annotations?.[ANNOTATION.sealedWith];
  return got === undefined || got === fingerprint ? undefined : {
    what: 'sealed with', got, wanted: `the certificate that was given, ${fingerprint}`, next: 'seal it again with that certificate, or give the one it was sealed with',
  };
}
