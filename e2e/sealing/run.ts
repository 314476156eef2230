/* Seals with the library and opens with the real kubeseal, and the other way round: see README.md. Needs Go and no cluster. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { SCOPES } from '../../src/credentials/seal';
import { part, tell } from '../progress';
import { openedByKubeseal, openedByUs, openedOfCommands, refusedByBoth } from './cases';
import { survivesFullDisk } from './disk-full';
import { controllerKey, KEY_SIZES, keyFiles } from './keys';
import { Kubeseal } from './kubeseal';
import { writeVectors } from './vectors';

const USAGE = `npm run e2e:sealing                seals and opens in both directions
npm run e2e:sealing -- --vectors   writes what kubeseal sealed for the unit tests, with new keys`;

async function main(parameters: string[]): Promise<number> {
  if (parameters.length > 1 || (parameters.length === 1 && parameters[0] !== '--vectors')) {
    console.error(USAGE);
    return 2;
  }
  const kubeseal = await Kubeseal.build();
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-velero-sealing-'));
  try {
    const keys = KEY_SIZES.map(controllerKey);
    if (parameters.length === 1) {
      tell(relative(process.cwd(), await writeVectors(kubeseal, folder, keys)));
      return 0;
    }
    for (const key of keys) {
      const files = keyFiles(folder, key);
      for (const scope of SCOPES) {
        await part(`RSA ${key.bits}, ${scope}`, async () => {
          await openedByKubeseal(kubeseal, key, files, scope);
          await openedByUs(kubeseal, files, scope);
          await openedOfCommands(kubeseal, files, scope, mkdtempSync(join(folder, 'commands-')));
        });
      }
      await part(`RSA ${key.bits}, what does not open`, () => refusedByBoth(kubeseal, key, files));
    }
    await part('a full disk', () => survivesFullDisk(folder, keyFiles(folder, keys[0]).certificateFile));
    tell('everything that one sealed, the other opened');
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error((error as Error).message);
    process.exit(1);
  },
);
