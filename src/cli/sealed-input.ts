import { readFileSync } from 'fs';
import { parseSealedFile } from '../credentials/sealed-file';
import { SealedSecretManifest } from '../credentials/sealed-secret';
import { asSealedSecret } from '../credentials/sealed-types';
import { Problems } from '../findings';
import { readInput } from './files';
import { Surroundings } from './surroundings';

/** Reads a SealedSecret that a command is given. */
export async function readSealed(command: string, file: string, surroundings: Surroundings): Promise<SealedSecretManifest> {
  const text = (await readInput(command, 'FILE', file, surroundings)).toString();
  return sealedSecret(`${command}: ${file}`, text);
}

/** The SealedSecret that a file holds; nothing where it holds something else, or cannot be read. */
export function sealedSecretIn(path: string): SealedSecretManifest | undefined {
  try {
    return sealedSecret(path, readFileSync(path, 'utf8'));
  } catch {
    return undefined; // whatever it is, it is something else
  }
}

function sealedSecret(place: string, text: string): SealedSecretManifest {
  return asSealedSecret(parseSealedFile(place, text), new Problems(place));
}
