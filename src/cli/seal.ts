import { type Command } from 'commander';
import { addSealFetchCert } from './seal-fetch-cert';
import { addSealInspect } from './seal-inspect';
import { addSealRepositoryPassword } from './seal-repository-password';
import { addSealS3 } from './seal-s3';
import { addSealVerify } from './seal-verify';
import { type Surroundings } from './surroundings';

/** Adds the commands of `seal`. */
export function addSealCommands(seal: Command, surroundings: Surroundings): void {
  addSealFetchCert(seal, surroundings);
  addSealS3(seal, surroundings);
  addSealRepositoryPassword(seal, surroundings);
  addSealInspect(seal, surroundings);
  addSealVerify(seal, surroundings);
}
