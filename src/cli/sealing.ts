import { Command, Option } from 'commander';
import { SCOPES, SealingScope } from '../credentials/seal';
import { Sealing, toYaml } from '../credentials/sealed-manifest';
import { keysOf, SealedSecretManifest } from '../credentials/sealed-secret';
import { expired, HOW_TO_FETCH, isProblem, readCertificate, SealingCertificate } from '../credentials/sealing-certificate';
import { dnsLabel, dnsSubdomain, Problem, Problems, refuse } from '../findings';
import { refuseUse } from './failure';
import { isNoFile, isSamePlace, readInput, twiceStandardInput, workTreeOf, writePrivate, writeWhole } from './files';
import { Surroundings } from './surroundings';

/** What every sealing command is told. */
export interface SealingOptions {
  readonly name: string;
  readonly namespace: string;
  readonly cert?: string;
  readonly out: string;
  readonly scope: SealingScope;
  readonly fromFile?: string;
  readonly generate?: boolean;
  readonly breakGlass?: string;
  readonly force?: boolean;
}

/** Adds the options that sealing commands share. */
export function withSealingOptions(command: Command): Command {
  return command
    .option('--cert <file>', 'certificate of the controller, in PEM, as seal fetch-cert writes it; "-" reads standard input')
    .requiredOption('--out <file>', 'where the SealedSecret is written')
    .option('--namespace <namespace>', 'namespace of the Secret', 'velero')
    .addOption(new Option('--scope <scope>', 'what the values are bound to').choices(SCOPES).default('strict'))
    .option('--break-glass <file>', 'also write the values, in plain text, to a new file of mode 0600 that you keep outside of the cluster and of git')
    .option('--force', 'let the break-glass file be in a git work tree');
}

/**
 * Refuses what was typed wrong, before anything secret is read.
 *
 * @param asks whether the values come from the terminal or standard input
 */
export function checkUse(command: string, options: SealingOptions, asks: boolean): void {
  const { generate, fromFile, cert, out, breakGlass, force } = options;
  const isNamed = breakGlass !== undefined && breakGlass !== '' && breakGlass !== '-';
  const tree = isNamed && !force ? workTreeOf(breakGlass) : undefined;
  refuseUse(command,
    cert === undefined ? { what: '--cert', wanted: 'the certificate of the controller', next: HOW_TO_FETCH } : undefined,
    ...wrongTarget(options),
    generate && fromFile !== undefined ? { what: '--generate and --from-file', wanted: 'one of them' } : undefined,
    twiceStandardInput({ '--cert': cert, '--from-file': fromFile, 'the values': asks ? '-' : undefined }),
    breakGlass === undefined || isNamed ? undefined : { what: '--break-glass', got: breakGlass, wanted: 'a file' },
    isNamed && isSamePlace(out, breakGlass) ? { what: '--break-glass', got: breakGlass, wanted: 'another file than --out' } : undefined,
    tree === undefined ? undefined : {
      what: '--break-glass', got: breakGlass, wanted: `a file outside of ${tree}: it is in plain text, and the next commit could publish it`, next: 'add --force to write it there',
    },
  );
}

/** What is wrong with the Secret that is named and the file that it is to be in. */
export function wrongTarget({ name, namespace, out }: SealingOptions): (Problem | undefined)[] {
  return [
    dnsSubdomain('--name', name),
    dnsLabel('--namespace', namespace),
    out === '' || out === '-' || isNoFile(out) ? { what: '--out', got: out, wanted: 'a file' } : undefined,
  ];
}

/** Reads the certificate and says for whom is sealed. */
export async function sealingFor(command: string, options: SealingOptions, surroundings: Surroundings): Promise<Sealing> {
  const content = await readInput(command, '--cert', options.cert!, surroundings, `check the path, or ${HOW_TO_FETCH}`);
  const read = readCertificate('--cert', content.toString());
  const problems = new Problems(command);
  problems.add(isProblem(read) ? read : expired('--cert', read, surroundings.now));
  problems.refuse();
  const certificate = read as SealingCertificate;
  warnOfMore(command, options.cert!, certificate, surroundings);
  const { scope, namespace, name } = options;
  return { certificate, scope, namespace, name };
}

/** Refuses values that would not arrive as they are, all at once. */
export function refuseSecrets(command: string, found: (Problem | undefined)[]): void {
  const problems = new Problems(command);
  problems.add(...found);
  problems.refuse();
}

/** What is written, and where. */
export interface Output {
  readonly manifest: SealedSecretManifest;
  /** The values in plain text; the caller overwrites it. */
  readonly breakGlass: Buffer;
  /** Whether a file that is there may be replaced. */
  readonly replace: boolean;
}

/** A manifest as its file is named. */
export function textOf(out: string, manifest: SealedSecretManifest): string {
  return /\.json$/i.test(out) ? `${JSON.stringify(manifest, undefined, 2)}\n` : toYaml(manifest);
}

/** The break-glass copy first: a sealed password of which no copy could be written would be lost. */
export function write(command: string, options: SealingOptions, { manifest, breakGlass, replace }: Output, { stdout }: Surroundings): void {
  const text = textOf(options.out, manifest);
  if (options.breakGlass === undefined) {
    writeWhole(command, '--out', options.out, text, replace);
  } else {
    const remove = writePrivate(command, '--break-glass', options.breakGlass, breakGlass);
    try {
      writeWhole(command, '--out', options.out, text, replace);
    } catch (error) {
      remove();
      throw error;
    }
  }
  const { name, namespace } = options;
  stdout.write(`${options.out}: Secret ${namespace}/${name} with ${keysOf(manifest).join(', ')}, sealed ${options.scope}\n`);
  if (options.breakGlass !== undefined) {
    stdout.write(`${options.breakGlass}: the values in plain text. Keep it where the loss of the cluster does not reach, and nobody else.\n`);
  }
}

/** Which certificate of several is used is a choice that whoever sends them may not have meant. */
export function warnOfMore(command: string, file: string, { count }: SealingCertificate, surroundings: Surroundings): void {
  if (count > 1) {
    warn(surroundings, `${command}: ${file} has ${count} certificates; the first one is used, as kubeseal does`);
  }
}

/** Something that is no failure. */
export function warn({ stderr }: Surroundings, message: string): void {
  stderr.write(`warning: ${message}\n`);
}

/** Refuses to replace what is not the file of the same credential. */
export function refuseForeign(command: string, out: string, reason: string): never {
  return refuse(command, { what: '--out', got: out, wanted: reason, next: 'choose another file, or remove this one' });
}
