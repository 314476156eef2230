import { Problem } from '../findings';
import { CLOUD_KEY } from './cloud-file';
import { CURRENT_PAIR, has, PREVIOUS_PAIR, S3Pair } from './s3-pairs';
import { seal } from './seal';
import { certificateAnnotations, Sealing } from './sealed-manifest';
import { SealedSecretManifest } from './sealed-secret';

/** What a rotation asks of the file that it begins with. */
export function wrongForRotation(manifest: SealedSecretManifest): (Problem | undefined)[] {
  const sealed = sealedKeys(manifest);
  const cloud = manifest.spec.template?.data?.[CLOUD_KEY];
  return [
    has(sealed, PREVIOUS_PAIR)
      ? { what: 'previous pair', wanted: 'none: a third one would push it out while it may still be in use', next: 'drop it first, with --drop-old' } : undefined,
    has(sealed, CURRENT_PAIR) ? undefined : { what: 'spec.encryptedData', wanted: 'accessKey and secretKey', next: 'seal both again without --rotate' },
    cloud !== undefined && Object.values(CURRENT_PAIR).every(key => cloud.includes(`.${key}`)) ? undefined : {
      what: `spec.template.data.${CLOUD_KEY}`,
      wanted: 'a template of accessKey and secretKey: this file would go on naming the old pair',
      next: 'seal both again without --rotate',
    },
  ];
}

/**
 * Puts a new pair into the place of the one in use and keeps that one beside it, byte for byte: what a value is sealed for is the Secret, not the key
 * in it.
 */
export function rotateS3Keys(manifest: SealedSecretManifest, sealing: Sealing, accessKey: Buffer, secretKey: Buffer): SealedSecretManifest {
  const { encryptedData } = manifest.spec;
  const sealed = (value: Buffer) => seal(value, sealing.certificate.publicKey, sealing);
  return {
    ...manifest,
    metadata: { ...manifest.metadata, annotations: { ...manifest.metadata.annotations, ...certificateAnnotations(sealing.certificate) } },
    spec: {
      ...manifest.spec,
      encryptedData: {
        ...encryptedData,
        [CURRENT_PAIR.accessKey]: sealed(accessKey),
        [CURRENT_PAIR.secretKey]: sealed(secretKey),
        [PREVIOUS_PAIR.accessKey]: encryptedData[CURRENT_PAIR.accessKey],
        [PREVIOUS_PAIR.secretKey]: encryptedData[CURRENT_PAIR.secretKey],
      },
    },
  };
}

/** What there is to drop. */
export function wrongForDropping(manifest: SealedSecretManifest): (Problem | undefined)[] {
  return [has(sealedKeys(manifest), PREVIOUS_PAIR) ? undefined : {
    what: 'previous pair', wanted: `${PREVIOUS_PAIR.accessKey} and ${PREVIOUS_PAIR.secretKey}, as --rotate leaves them`, next: 'there is nothing to drop',
  }];
}

/** Leaves the previous pair out; all else stays as it is. */
export function dropPreviousPair(manifest: SealedSecretManifest): SealedSecretManifest {
  const kept = Object.entries(manifest.spec.encryptedData).filter(([key]) => !keysIn(PREVIOUS_PAIR).includes(key));
  return { ...manifest, spec: { ...manifest.spec, encryptedData: Object.fromEntries(kept) } };
}

function sealedKeys({ spec }: SealedSecretManifest): string[] {
  return Object.keys(spec.encryptedData);
}

function keysIn({ accessKey, secretKey }: S3Pair): string[] {
  return [accessKey, secretKey];
}
