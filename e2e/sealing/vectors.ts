import { writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { ControllerKey, keyFiles } from './keys';
import { Kubeseal } from './kubeseal';
import { SCOPES } from '../../src/credentials/seal';
import { SEALED_VALUES } from '../../test/credentials/sealing-values';

const FILE = join(__dirname, '..', '..', 'test', 'credentials', 'vectors', 'kubeseal.json');

/**
 * What kubeseal sealed, for the unit tests, with the keys that open it. The large value once only: it is as long as all the others.
 *
 * @returns the path of the file
 */
export async function writeVectors(kubeseal: Kubeseal, folder: string, keys: ControllerKey[]): Promise<string> {
  const { large, ...small } = SEALED_VALUES;
  const sealed: object[] = [];
  for (const key of keys) {
    for (const scope of SCOPES) {
      const values = key.bits === 4096 && scope === 'strict' ? { ...small, large } : small;
      const manifest = await kubeseal.seal(keyFiles(folder, key).certificateFile, scope, { namespace: 'velero', name: 'velero-s3', values });
      sealed.push({ bits: key.bits, scope, manifest: parse(manifest) });
    }
  }
  writeFileSync(FILE, `${JSON.stringify({ madeBy: `kubeseal ${Kubeseal.VERSION}: npm run e2e:sealing -- --vectors`, keys, sealed }, undefined, 1)}\n`);
  return FILE;
}
