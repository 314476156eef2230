import { type Command, Option } from 'commander';
import type * as run from './diff-run';
import { hint } from './failure';
import { type Surroundings } from './surroundings';

/** How changes are told. */
export type DiffFormat = 'text' | 'markdown' | 'json';

/** What the command is told. */
export interface DiffOptions {
  readonly format: DiffFormat;
}

/** Adds `diff`. */
export function addDiff(program: Command, surroundings: Surroundings): void {
  program.command('diff')
    .description('Tells what changes for the backups between two sets of manifests: what is no longer saved, cannot be read any more, is kept for a shorter time,\n'
      + 'cannot be applied, or is deleted by prune, and with what. Order, comments and quoting make no difference.\n'
      + 'Exit code 1 when something is destructive.')
    .showHelpAfterError(hint('diff OLD NEW, as the folder was and as it is to be'))
    .argument('<old>', 'YAML or JSON file, or folder of them, as it was; "-" reads standard input')
    .argument('<new>', 'the same as it is to be')
    .addOption(new Option('--format <format>', 'how changes are told').choices(['text', 'markdown', 'json'] satisfies DiffFormat[]).default('text'))
    .action((was: string, is: string, options: DiffOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- no other command needs to compare, and whoever calls it waits for its files
      const { diff } = require('./diff-run') as typeof run;
      return diff(was, is, options, surroundings);
    });
}
