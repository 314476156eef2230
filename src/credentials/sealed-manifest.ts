import { stringify } from 'yaml';
import { REPOSITORY_PASSWORD as PASSWORD } from '../versions';
import { CLOUD, CLOUD_KEY } from './cloud-file';
import { CredentialKind } from './credential-kind';
import { seal, SealedFor } from './seal';
import { ANNOTATION, API_VERSION, KIND, SealedSecretManifest } from './sealed-secret';
import { instant, SealingCertificate } from './sealing-certificate';

/** What a value is sealed for, and with what. */
export interface Sealing extends SealedFor {
  readonly certificate: SealingCertificate;
}

/** One pair of S3 keys, as a pair for Rook and, composed by the controller, as the file that Velero reads. */
export function sealS3Keys(sealing: Sealing, accessKey: Buffer, secretKey: Buffer): SealedSecretManifest {
  return manifestOf(sealing, CredentialKind.S3, { accessKey, secretKey }, { data: { [CLOUD_KEY]: CLOUD } });
}

/** The password of all repositories. The Secret can not be changed in the cluster either: with another password no repository opens. */
export function sealRepositoryPassword(sealing: Sealing, password: Buffer): SealedSecretManifest {
  return manifestOf(sealing, CredentialKind.REPOSITORY_PASSWORD, { [PASSWORD.secretKey]: password }, { immutable: true });
}

/** In YAML 1.1, as Kubernetes reads it: there a date must be quoted to be a string. Lines are as long as the values are. */
export function toYaml(manifest: SealedSecretManifest): string {
  return stringify(manifest, { lineWidth: 0, version: '1.1' });
}

/** What tells later with which key values were sealed. */
export function certificateAnnotations({ fingerprint, expires }: SealingCertificate): Record<string, string> {
  return { [ANNOTATION.sealedWith]: fingerprint, [ANNOTATION.certificateExpires]: instant(expires) };
}

function manifestOf(sealing: Sealing, kind: CredentialKind, values: Record<string, Buffer>, template: object): SealedSecretManifest {
  const { certificate, scope, namespace, name } = sealing;
  // Read from the object by the controller, and from the template by whoever compares the two.
  const wide: Record<string, string> = scope === 'strict' ? {} : { [ANNOTATION[scope]]: 'true' };
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: {
      name,
      namespace,
      annotations: {
        [ANNOTATION.credential]: kind,
        ...certificateAnnotations(certificate),
        ...wide,
      },
    },
    spec: {
      encryptedData: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, seal(value, certificate.publicKey, sealing)])),
      template: { metadata: { name, namespace, annotations: { [ANNOTATION.managed]: 'true', ...wide } }, type: 'Opaque', ...template },
    },
  };
}
