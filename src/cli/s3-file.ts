import { existsSync, readFileSync } from 'fs';
import { parseSealedFile } from '../credentials/sealed-file';
import { SealedSecretManifest, wrongManifest } from '../credentials/sealed-secret';
import { asSealedSecret } from '../credentials/sealed-types';
import { Problem, Problems, refuse } from '../findings';
import { refuseForeign } from './sealing';

/** What a file of S3 keys is known by. */
export interface S3File {
  readonly out: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * S3 keys can be replaced where that is said; a chart, a plain Secret or the repository password that lies under the same path by mistake can not.
 *
 * @param replace whether it is said
 */
export function refuseThere(command: string, file: S3File, replace: boolean): void {
  if (!existsSync(file.out)) {
    return;
  }
  if (readS3File(command, file) === undefined) {
    refuseForeign(command, file.out, `a file that is not there, or ${toldS3File(file)}`);
  }
  if (!replace) {
    refuse(command, {
      what: '--out',
      got: file.out,
      wanted: 'a file that is not there: this one has the keys that Velero uses',
      next: '--rotate keeps them beside the new ones; where they have leaked, --replace puts the new ones in their place',
    });
  }
}

/**
 * Reads a file that is to be changed.
 *
 * @param wrong what keeps it from being changed so
 */
export function readForChange(
  command: string, file: S3File, wrong: (manifest: SealedSecretManifest) => (Problem | undefined)[],
): SealedSecretManifest {
  const manifest = readS3File(command, file);
  if (manifest === undefined) {
    return refuse(command, { what: '--out', got: file.out, wanted: toldS3File(file), next: 'make one without --rotate and --drop-old' });
  }
  const problems = new Problems(`${command}: ${file.out}`);
  problems.add(...wrongManifest(manifest), ...wrong(manifest));
  problems.refuse();
  return manifest;
}

function readS3File(command: string, { out, name, namespace }: S3File): SealedSecretManifest | undefined {
  try {
    const manifest = asSealedSecret(parseSealedFile(command, readFileSync(out, 'utf8')), new Problems(command));
    const { metadata, spec } = manifest;
    return metadata.name === name && metadata.namespace === namespace && 'secretKey' in spec.encryptedData ? manifest : undefined;
  } catch {
    return undefined; // whatever it is, it is something else
  }
}

function toldS3File({ name, namespace }: S3File): string {
  return `a SealedSecret of ${namespace}/${name} with S3 keys`;
}
