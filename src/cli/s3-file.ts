import { existsSync } from 'fs';
import { SealedSecretManifest, wrongManifest } from '../credentials/sealed-secret';
import { Problem, Problems, refuse } from '../findings';
import { readNamed } from './files';
import { sealedSecretIn } from './sealed-input';
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
  if (readS3File(file) === undefined) {
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

const WITHOUT_FILE = 'make one without --rotate and --drop-old';

/**
 * Reads a file that is to be changed.
 *
 * @param wrong what keeps it from being changed so
 */
export function readForChange(
  command: string, file: S3File, wrong: (manifest: SealedSecretManifest) => (Problem | undefined)[],
): SealedSecretManifest {
  readNamed(command, '--out', file.out, `check the path, or ${WITHOUT_FILE}`);
  const manifest = readS3File(file);
  if (manifest === undefined) {
    return refuse(command, { what: '--out', got: file.out, wanted: toldS3File(file), next: WITHOUT_FILE });
  }
  const problems = new Problems(`${command}: ${file.out}`);
  problems.add(...wrongManifest(manifest), ...wrong(manifest));
  problems.refuse();
  return manifest;
}

function readS3File({ out, name, namespace }: S3File): SealedSecretManifest | undefined {
  const manifest = sealedSecretIn(out);
  return manifest?.metadata.name === name && manifest.metadata.namespace === namespace && 'secretKey' in manifest.spec.encryptedData ? manifest : undefined;
}

function toldS3File({ name, namespace }: S3File): string {
  return `a SealedSecret of ${namespace}/${name} with S3 keys`;
}
