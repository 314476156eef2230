import { Command, Option } from 'commander';
import { refuseUse } from './failure';
import { writeWhole } from './files';
import { readForChange, refuseThere } from './s3-file';
import { checkUse, refuseSecrets, SealingOptions, sealingFor, textOf, withSealingOptions, write, wrongTarget } from './sealing';
import { readSecrets, Wanted, wrongS3Key } from './secret-input';
import { Surroundings } from './surroundings';
import { generateAccessKey, generateSecretKey } from '../credentials/generated';
import { dropOldPair, rotateS3Keys, wrongForDropping, wrongForRotation } from '../credentials/s3-rotation';
import { sealS3Keys } from '../credentials/sealed-manifest';
import { keysOf, scopeOf } from '../credentials/sealed-secret';
import { wrongNameForS3 } from '../credentials/secret-claim';

const COMMAND = 'seal s3';

const KEYS: Wanted[] = [
  { prompt: 'Access key', names: ['aws_access_key_id', 'accesskey', 'access_key'] },
  { prompt: 'Secret key', names: ['aws_secret_access_key', 'secretkey', 'secret_key'] },
];

interface S3Options extends SealingOptions {
  readonly replace?: boolean;
  readonly rotate?: boolean;
  readonly dropOld?: boolean;
}

/** Adds `seal s3`. */
export function addSealS3(seal: Command, surroundings: Surroundings): void {
  withSealingOptions(seal.command('s3')
    .description('Seals a pair of S3 keys: as accessKey and secretKey for Rook, and as the INI file "cloud" for Velero.\n'
      + 'They are asked for at the terminal, or read from standard input, from a file, or generated. They are never options: every user of a machine sees those.')
    .requiredOption('--name <name>', 'name of the Secret')
    .option('--generate', 'invent the keys, for a store that takes given ones (Rook: CephObjectStoreUser, spec.keys)')
    .option('--from-file <file>', 'read aws_access_key_id=... and aws_secret_access_key=... from an INI or env file; "-" reads standard input')
    .addOption(new Option('--rotate', 'add a new pair to a file that is there, for Velero to use, and keep the old one beside it, so that the store takes both')
      .conflicts(['scope', 'replace']))
    .option('--replace', 'put a new pair into the place of the one in a file that is there, at once: for keys that have leaked')
    .addOption(new Option('--drop-old', 'end a rotation: the new pair takes the place of the old one; nothing is sealed and no certificate needed')
      .conflicts(['rotate', 'replace', 'generate', 'fromFile', 'cert', 'scope', 'breakGlass'])),
  ).action((options: S3Options) => options.dropOld ? dropOld(options, surroundings) : sealS3(options, surroundings));
}

async function sealS3(options: S3Options, surroundings: Surroundings): Promise<void> {
  refuseUse(COMMAND, wrongNameForS3('--name', options.name));
  checkUse(COMMAND, options, !options.generate && options.fromFile === undefined);
  const before = options.rotate ? readForChange(COMMAND, options, wrongForRotation) : undefined;
  if (before === undefined) {
    refuseThere(COMMAND, options, options.replace ?? false);
  }
  const scope = before === undefined ? options.scope : scopeOf(before.metadata);
  const sealing = await sealingFor(COMMAND, { ...options, scope }, surroundings);
  const values = options.generate
    ? [generateAccessKey(), generateSecretKey()]
    : await readSecrets(COMMAND, KEYS, options.fromFile, surroundings);
  const [accessKey, secretKey] = values;
  const breakGlass = Buffer.concat([
    Buffer.from('[default]\naws_access_key_id='), accessKey, Buffer.from('\naws_secret_access_key='), secretKey, Buffer.from('\n'),
  ]);
  try {
    refuseSecrets(COMMAND, [wrongS3Key('access key', accessKey), wrongS3Key('secret key', secretKey)]);
    const manifest = before === undefined ? sealS3Keys(sealing, accessKey, secretKey) : rotateS3Keys(before, sealing, accessKey, secretKey);
    write(COMMAND, { ...options, scope }, { manifest, breakGlass, replace: options.replace || before !== undefined }, surroundings);
  } finally {
    [...values, breakGlass].forEach(value => value.fill(0));
  }
  if (before !== undefined) {
    surroundings.stdout.write('The store has to take both pairs from now on. When Velero uses the new one, drop the old one with --drop-old.\n');
  }
}

function dropOld(options: S3Options, { stdout }: Surroundings): void {
  const { out, name, namespace } = options;
  refuseUse(COMMAND, ...wrongTarget(options));
  const manifest = dropOldPair(readForChange(COMMAND, options, wrongForDropping));
  writeWhole(COMMAND, '--out', out, textOf(out, manifest), true);
  stdout.write(`${out}: Secret ${namespace}/${name} with ${keysOf(manifest).join(', ')}; the old pair is no longer in it\n`);
}
