import { existsSync, readdirSync } from 'fs';
import { basename, dirname, join } from 'path';
import { refuse } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';
import { sealedSecretIn } from './sealed-input';
import { refuseForeign } from './sealing';

const { secretName, secretKey } = REPOSITORY_PASSWORD;

/** What a file of a repository password is known by. */
export interface PasswordFile {
  readonly out: string;
  readonly namespace: string;
}

/**
 * Refuses to overwrite what is no sealed repository password, and to invent a second one: whichever is applied last would lock the backups of the
 * other.
 *
 * @param invents whether a password is made that no file and no person had before
 */
export function refuseOtherPassword(command: string, { out, namespace }: PasswordFile, invents: boolean): void {
  if (existsSync(out) && namespaceOf(out) === undefined) {
    refuseForeign(command, out, `a SealedSecret of ${secretName}`);
  }
  const other = invents ? passwordsBeside(out).find(file => namespaceOf(file) === namespace) : undefined;
  if (other !== undefined) {
    refuse(command, {
      what: '--out',
      got: out,
      wanted: `the only password of Velero in ${namespace}, but ${other} has one: with another one no backup that it encrypted can be read`,
      next: 'keep that file; what is sealed for another cluster goes into another folder',
    });
  }
}

function passwordsBeside(out: string): string[] {
  const folder = dirname(out);
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.filter(name => /\.(ya?ml|json)$/i.test(name) && name !== basename(out)).map(name => join(folder, name));
}

/** The namespace of a sealed repository password; nothing of any other file. */
function namespaceOf(path: string): string | undefined {
  const manifest = sealedSecretIn(path);
  return manifest?.metadata.name === secretName && secretKey in manifest.spec.encryptedData ? manifest.metadata.namespace ?? '' : undefined;
}
