import { parseSealedFile } from '../credentials/sealed-file';
import { SealedSecretManifest } from '../credentials/sealed-secret';
import { asSealedSecret } from '../credentials/sealed-types';
import { Problems } from '../findings';
import { readInput } from './files';
import { Surroundings } from './surroundings';

/** Reads a SealedSecret that a command is given. */
export async function readSealed(command: string, file: string, surroundings: Surroundings): Promise<SealedSecretManifest> {
  const text = (await readInput(command, 'FILE', file, surroundings)).toString();
  return asSealedSecret(parseSealedFile(`${command}: ${file}`, text), new Problems(`${command}: ${file}`));
}
