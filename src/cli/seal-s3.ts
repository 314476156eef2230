import { existsSync, readFileSync } from 'fs';
import { Command } from 'commander';
import { generateAccessKey, generateSecretKey } from '../credentials/generated';
import { parseSealedFile } from '../credentials/sealed-file';
import { sealS3Keys } from '../credentials/sealed-manifest';
import { asSealedSecret } from '../credentials/sealed-types';
import { Problems } from '../findings';
import { checkUse, refuseForeign, refuseSecrets, SealingOptions, sealingFor, withSealingOptions, write } from './sealing';
import { readSecrets, Wanted, wrongSecret } from './secret-input';
import { Surroundings } from './surroundings';

const COMMAND = 'seal s3';

const KEYS: Wanted[] = [
  { prompt: 'Access key', names: ['aws_access_key_id', 'accesskey', 'access_key'] },
  { prompt: 'Secret key', names: ['aws_secret_access_key', 'secretkey', 'secret_key'] },
];

/** Adds `seal s3`. */
export function addSealS3(seal: Command, surroundings: Surroundings): void {
  withSealingOptions(seal.command('s3')
    .description('Seals a pair of S3 keys: as accessKey and secretKey for Rook, and as the INI file "cloud" for Velero.\n'
      + 'They are asked for at the terminal, or read from standard input, from a file, or generated. They are never options: every user of a machine sees those.')
    .requiredOption('--name <name>', 'name of the Secret')
    .option('--generate', 'invent the keys, for a store that takes given ones (Rook: CephObjectStoreUser, spec.keys)')
    .option('--from-file <file>', 'read aws_access_key_id=... and aws_secret_access_key=... from an INI or env file; "-" reads standard input'),
  ).action((options: SealingOptions) => sealS3(options, surroundings));
}

async function sealS3(options: SealingOptions, surroundings: Surroundings): Promise<void> {
  checkUse(COMMAND, options, !options.generate && options.fromFile === undefined);
  if (existsSync(options.out)) {
    refuseOther(options);
  }
  const sealing = await sealingFor(COMMAND, options, surroundings);
  const values = options.generate
    ? [generateAccessKey(), generateSecretKey()]
    : await readSecrets(COMMAND, KEYS, options.fromFile, surroundings);
  const [accessKey, secretKey] = values;
  const breakGlass = Buffer.concat([
    Buffer.from('[default]\naws_access_key_id='), accessKey, Buffer.from('\naws_secret_access_key='), secretKey, Buffer.from('\n'),
  ]);
  try {
    refuseSecrets(COMMAND, [wrongSecret('access key', accessKey), wrongSecret('secret key', secretKey)]);
    write(COMMAND, options, { manifest: sealS3Keys(sealing, accessKey, secretKey), breakGlass, replace: true }, surroundings);
  } finally {
    [...values, breakGlass].forEach(value => value.fill(0));
  }
}

/** S3 keys can be replaced; a chart, a plain Secret or the repository password that lies under the same path by mistake can not. */
function refuseOther({ out, name, namespace }: SealingOptions): void {
  const wanted = `a file that is not there, or a SealedSecret of ${namespace}/${name} with S3 keys`;
  try {
    const { metadata, spec } = asSealedSecret(parseSealedFile(COMMAND, readFileSync(out, 'utf8')), new Problems(COMMAND));
    if (metadata.name === name && metadata.namespace === namespace && 'secretKey' in spec.encryptedData) {
      return;
    }
  } catch { /* whatever it is, it is something else */ }
  refuseForeign(COMMAND, out, wanted);
}
