import { existsSync } from 'fs';
import { Command } from 'commander';
import { generatePassword } from '../credentials/generated';
import { sealRepositoryPassword } from '../credentials/sealed-manifest';
import { refuse } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';
import { refuseUse } from './failure';
import { refuseOtherPassword } from './password-file';
import { checkUse, refuseSecrets, SealingOptions, sealingFor, warn, withSealingOptions, write } from './sealing';
import { readSecrets, Wanted, wrongSecret } from './secret-input';
import { Surroundings } from './surroundings';

const COMMAND = 'seal repository-password';
const OVERWRITE = '--overwrite-and-lose-all-existing-backups';

const PASSWORD: Wanted[] = [{ prompt: 'Repository password', names: ['repository-password', 'repository_password', 'restic_password'], confirm: true }];

interface PasswordOptions extends SealingOptions {
  readonly ask?: boolean;
  readonly overwriteAndLoseAllExistingBackups?: boolean;
}

/** Adds `seal repository-password`. */
export function addSealRepositoryPassword(seal: Command, surroundings: Surroundings): void {
  withSealingOptions(seal.command('repository-password')
    .description(`Generates the password of Velero's repositories (256 bits) and seals it as ${REPOSITORY_PASSWORD.secretName}, the name that Velero reads.\n`
      + 'It encrypts the data of all volumes and can never be changed: keep a break-glass copy.')
    .option('--generate', 'invent the password; so it is when nothing else is said')
    .option('--ask', 'seal a password that repositories have already: ask for it at the terminal, or read the line repository-password=... of standard input')
    .option('--from-file <file>', 'the same, from the line repository-password=... of an INI or env file; "-" reads standard input')
    .option(OVERWRITE, 'replace a file that is there; with another password no existing backup of a volume can be read'),
  ).action((options: PasswordOptions) => sealPassword({ ...options, name: REPOSITORY_PASSWORD.secretName }, surroundings));
}

async function sealPassword(options: PasswordOptions, surroundings: Surroundings): Promise<void> {
  checkUse(COMMAND, options, options.ask ?? false);
  refuseUse(COMMAND,
    options.ask && (options.generate || options.fromFile !== undefined) ? { what: '--ask, --generate and --from-file', wanted: 'one of them' } : undefined,
  );
  const replace = options.overwriteAndLoseAllExistingBackups ?? false;
  if (existsSync(options.out) && !replace) {
    refuse(COMMAND, {
      what: '--out',
      got: options.out,
      wanted: 'a file that is not there: the password encrypts every existing backup of a volume, and with another one none of them can be read',
      next: `keep the file; where no backup matters, add ${OVERWRITE} and delete Secret ${REPOSITORY_PASSWORD.secretName}`,
    });
  }
  refuseOtherPassword(COMMAND, options, !options.ask && options.fromFile === undefined && !replace);
  const sealing = await sealingFor(COMMAND, options, surroundings);
  const [password] = options.ask || options.fromFile !== undefined
    ? await readSecrets(COMMAND, PASSWORD, options.fromFile, surroundings)
    : [generatePassword()];
  const breakGlass = Buffer.concat([Buffer.from(`${REPOSITORY_PASSWORD.secretKey}=`), password, Buffer.from('\n')]);
  try {
    refuseSecrets(COMMAND, [wrongSecret('password', password)]);
    write(COMMAND, options, { manifest: sealRepositoryPassword(sealing, password), breakGlass, replace }, surroundings);
  } finally {
    [password, breakGlass].forEach(value => value.fill(0));
  }
  if (options.breakGlass === undefined) {
    warn(surroundings, `${COMMAND}: without --break-glass only the controller's private key opens the password: keep a copy of that key outside of the cluster`);
  }
}
