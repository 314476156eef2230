import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, CommanderError } from 'commander';
import { addCheck } from './check';
import { addDiff } from './diff';
import { printable } from './printable';
import type * as sealing from './seal';
import { Found, Surroundings, WrongUse } from './surroundings';

const FAILURE = 1;
const WRONG_USE = 2;

/**
 * Runs one command.
 *
 * @returns the exit code: 0 fine, 1 findings or failure, 2 wrong use
 */
export async function run(args: string[], surroundings: Surroundings): Promise<number> {
  try {
    await programOf(args, surroundings).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : WRONG_USE; // it has told already what is wrong
    }
    if (error instanceof Found) {
      return FAILURE;
    }
    surroundings.stderr.write((error as Error).message.split('\n').map(line => `${printable(line)}\n`).join(''));
    return error instanceof WrongUse ? WRONG_USE : FAILURE;
  }
}

function programOf(args: readonly string[], surroundings: Surroundings): Command {
  const program = new Command('cdk8s-velero')
    .description('Velero backups of a Kubernetes cluster as cdk8s constructs.\n'
      + 'Exit codes: 0 fine; 1 something was found, or failed; 2 wrong use: an argument, or a file that it names and that cannot be read.')
    .version(versionOf(join(__dirname, '../../package.json')))
    .exitOverride()
    .showHelpAfterError('(--help tells what there is)')
    .configureOutput({
      writeOut: text => surroundings.stdout.write(text),
      writeErr: text => surroundings.stderr.write(text),
      outputError: (text, write) => write(withoutValue(text)),
    });
  const seal = program.command('seal').description('Seals the credentials of Velero for the sealed-secrets controller of one cluster.');
  if (args.includes(seal.name())) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- no other command needs the sealing, which brings all of cdk8s with it
    const { addSealCommands } = require('./seal') as typeof sealing;
    addSealCommands(seal, surroundings);
  }
  addCheck(program, surroundings);
  addDiff(program, surroundings);
  return program;
}

/** Who invents an option such as --secret-key=... does not want to read its value in the log as well. */
function withoutValue(message: string): string {
  return message.replace(/^(error: unknown option '[^=]*)=.*'/s, '$1\'');
}

function versionOf(packageFile: string): string {
  return JSON.parse(readFileSync(packageFile, 'utf8')).version;
}
