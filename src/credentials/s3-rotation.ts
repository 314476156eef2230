import { Problem } from '../findings';
import { CLOUD_KEY } from './cloud-file';
import { CURRENT_PAIR, has, NEXT_PAIR, S3Pair } from './s3-pairs';
import { seal } from './seal';
import { certificateAnnotations, Sealing } from './sealed-manifest';
import { SealedSecretManifest } from './sealed-secret';

/** What stands between the braces of a template. */
const ACTION = /\{\{[\s\S]*?\}\}/g;

/** What a rotation asks of the file that it begins with. */
export function wrongForRotation(manifest: SealedSecretManifest): (Problem | undefined)[] {
  const sealed = sealedKeys(manifest);
  const cloud = manifest.spec.template?.data?.[CLOUD_KEY];
  const next = cloud === undefined ? '' : renamed(cloud, CURRENT_PAIR, NEXT_PAIR);
  return [
    has(sealed, NEXT_PAIR)
      ? { what: 'next pair', wanted: 'none: a third one would push it out while it may be in use already', next: 'end the last rotation first, with --drop-old' }
      : undefined,
    has(sealed, CURRENT_PAIR) ? undefined : { what: 'spec.encryptedData', wanted: 'accessKey and secretKey', next: 'seal both again with --replace' },
    has(sealed, NEXT_PAIR) || Object.values(NEXT_PAIR).every(key => next.includes(`.${key}`)) ? undefined : {
      what: `spec.template.data.${CLOUD_KEY}`,
      wanted: 'a template of accessKey and secretKey: this file would go on naming the old pair',
      next: 'seal both again with --replace',
    },
  ];
}

/**
 * Adds a new pair for Velero to use, and leaves the one that the store knows as it is, byte for byte: Rook sees the Secret before it sees that its
 * user has a second pair, and would take the old one away if it were no longer where it was.
 */
export function rotateS3Keys(manifest: SealedSecretManifest, sealing: Sealing, accessKey: Buffer, secretKey: Buffer): SealedSecretManifest {
  const sealed = (value: Buffer) => seal(value, sealing.certificate.publicKey, sealing);
  const { annotations } = manifest.metadata;
  return withSealed(
    { ...manifest, metadata: { ...manifest.metadata, annotations: { ...annotations, ...certificateAnnotations(sealing.certificate) } } },
    { ...manifest.spec.encryptedData, [NEXT_PAIR.accessKey]: sealed(accessKey), [NEXT_PAIR.secretKey]: sealed(secretKey) },
    text => renamed(text, CURRENT_PAIR, NEXT_PAIR),
  );
}

/** What there is to drop. */
export function wrongForDropping(manifest: SealedSecretManifest): (Problem | undefined)[] {
  return [has(sealedKeys(manifest), NEXT_PAIR) ? undefined : {
    what: 'next pair', wanted: `${NEXT_PAIR.accessKey} and ${NEXT_PAIR.secretKey}, as --rotate writes them`, next: 'there is nothing to drop',
  }];
}

/** Puts the next pair in the place of the old one. What a value is sealed for is the Secret and not the key in it, so that nothing is sealed anew. */
export function dropOldPair(manifest: SealedSecretManifest): SealedSecretManifest {
  const { [NEXT_PAIR.accessKey]: accessKey, [NEXT_PAIR.secretKey]: secretKey, ...kept } = manifest.spec.encryptedData;
  return withSealed(
    manifest,
    { ...kept, [CURRENT_PAIR.accessKey]: accessKey, [CURRENT_PAIR.secretKey]: secretKey },
    text => renamed(text, NEXT_PAIR, CURRENT_PAIR),
  );
}

/** A manifest with other values, and its templates as they are to name them. */
function withSealed(
  manifest: SealedSecretManifest, encryptedData: Record<string, unknown>, template: (text: string) => string,
): SealedSecretManifest {
  const { spec } = manifest;
  const data = spec.template?.data && Object.fromEntries(Object.entries(spec.template.data).map(([key, text]) => [key, template(text)]));
  return { ...manifest, spec: { ...spec, encryptedData, ...(data && { template: { ...spec.template, data } }) } };
}

/** A template that names one pair where it named another. */
function renamed(text: string, from: S3Pair, to: S3Pair): string {
  const names = new Map([[from.accessKey, to.accessKey], [from.secretKey, to.secretKey]]);
  return text.replace(ACTION, action => action.replace(/\.(\w+)/g, (whole, name: string) => names.has(name) ? `.${names.get(name)}` : whole));
}

function sealedKeys({ spec }: SealedSecretManifest): string[] {
  return Object.keys(spec.encryptedData);
}
