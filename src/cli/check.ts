import { type Command, Option } from 'commander';
import type * as run from './check-run';
import { hint } from './failure';
import { type Surroundings } from './surroundings';

/** How findings are told. */
export type CheckFormat = 'text' | 'json' | 'sarif';

/** What the command is told. */
export interface CheckOptions {
  readonly format: CheckFormat;
  readonly strict?: boolean;
}

/** Adds `check`. */
export function addCheck(program: Command, surroundings: Surroundings): void {
  program.command('check')
    .description('Finds what cannot work in Velero manifests of any origin: this library, Helm, velero install, a dump of a cluster.\n'
      + 'Every rule is explained in docs/RULES.md. Warnings are accepted by an annotation: cdk8s-velero/acknowledge.<rule>: <reason>.')
    .showHelpAfterError(hint('check PATH...'))
    .argument('<path...>', 'YAML or JSON files, or folders of them; "-" reads standard input')
    .addOption(new Option('--format <format>', 'how findings are told').choices(['text', 'json', 'sarif'] satisfies CheckFormat[]).default('text'))
    .option('--strict', 'treat warnings as errors')
    .action((paths: string[], options: CheckOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- no other command needs the rules, and whoever calls it waits for its files
      const { check } = require('./check-run') as typeof run;
      return check(paths, options, surroundings);
    });
}
