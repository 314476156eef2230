import { writeFileSync } from 'fs';
import { join } from 'path';
import { privatePem, rsaKey } from '../../test/certificates';

/** Sizes of keys that controllers have: the default of sealed-secrets, and the smallest that is safe. */
export const KEY_SIZES = [2048, 4096];

/** What stands before a private key that was made for tests: the search for secrets in the repository lets only those be. */
const MARK = 'TEST KEY of cdk8s-velero: made for tests, it opens nothing else\n';

/** A key of a controller that does not exist. */
export interface ControllerKey {
  readonly bits: number;
  readonly certificate: string;
  readonly privateKey: string;
}

export function controllerKey(bits: number): ControllerKey {
  const key = rsaKey(bits);
  return { bits, certificate: key.pem, privateKey: `${MARK}${privatePem(key)}` };
}

/** Writes both halves of a key for programs that take files. */
export function keyFiles(folder: string, { bits, certificate, privateKey }: ControllerKey): { certificateFile: string; keyFile: string } {
  const [certificateFile, keyFile] = [join(folder, `${bits}.pem`), join(folder, `${bits}.key`)];
  writeFileSync(certificateFile, certificate);
  writeFileSync(keyFile, privateKey, { mode: 0o600 });
  return { certificateFile, keyFile };
}
