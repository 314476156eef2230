import { spawnSync } from 'child_process';
import { statSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

/** Stands before a private key that was made for tests and opens nothing else. */
const TEST_KEY = 'TEST KEY';

/** In PEM, also as a string of JSON or of a program has it, with enough of a body to be one. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)+(?:[A-Za-z0-9+/=]{40,}|Proc-Type)/g;
/** The beginning of PEM in base64, as Secrets have it. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]{60,}/g;
/** AWS itself draws them from base 32: what tests invent has other digits in it. */
const AWS_ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g;
/** A name that says that its value is secret, and a literal value. */
const NAMED_SECRET = /(?:secret[_-]?(?:access[_-]?)?key|password|passphrase|token)["']?\s*[=:]\s*["']?([A-Za-z0-9+/_=-]{20,})/gi;
/** As long as a secret key of AWS, or as one of ours or a password, and nothing around it that belongs to it. */
const DRAWN = /(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{40,43}(?![A-Za-z0-9+/_=.-])/g;

/** AWS has published a pair for use in documents. */
const PUBLISHED = /EXAMPLE/;

/** Bits a character; words and hashes in hexadecimal have fewer. 43 drawn characters of 64 have about 5, and hardly ever less than 4.5. */
const RANDOM_FROM = 4.4;

/**
 * What git has of a folder, and what it would take with the next `git add`.
 *
 * @throws where there is no git or no clone: a search of nothing would find nothing
 */
export function committedFiles(folder: string, git: string = 'git'): string[] {
  const { status, error, stdout } = spawnSync(git, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: folder, maxBuffer: 2 ** 26, encoding: 'utf8' });
  if (status !== 0) {
    const reason = (error as NodeJS.ErrnoException | undefined)?.code ?? status;
    throw new Error(`the search for key material got no list of files from ${git} (${reason}), wanted what git has of a clone; install git, or run this test in a clone`);
  }
  return stdout.split('\0').filter(file => file !== '' && statSync(join(folder, file), { throwIfNoEntry: false })?.isFile());
}

/**
 * What in a text could open something, told by what it looks like. The value itself is not repeated: it would stand in the log of the tests.
 */
export function keyMaterialIn(text: string): string[] {
  return [
    ...privateKeysIn(text),
    ...found(ENCODED_PEM, text).flatMap(([encoded]) => privateKeysIn(Buffer.from(encoded, 'base64').toString('latin1'))).map(each => `${each} in base64`),
    ...found(AWS_ACCESS_KEY, text).filter(([key]) => !PUBLISHED.test(key)).map(match => `an access key of AWS${lineOf(match)}`),
    ...found(NAMED_SECRET, text).filter(([, value]) => isRandom(value) && !isSealed(text, value)).map(match => `a value that is named as a secret${lineOf(match)}`),
    ...found(DRAWN, text).filter(([value]) => isRandom(value)).map(match => `a value as long and as random as a key${lineOf(match)}`),
  ];
}

/** Values of Secrets that stand in a manifest: nothing that is emitted may have any. */
export function plainSecretsIn(manifests: string): string[] {
  return parseAllDocuments(manifests).map(document => document.toJS())
    .filter(object => object?.kind === 'Secret')
    .filter(({ data, stringData }) => Object.keys({ ...data, ...stringData }).length > 0)
    .map(({ metadata }) => `Secret ${metadata?.namespace}/${metadata?.name} with values`);
}

function privateKeysIn(text: string): string[] {
  return found(PRIVATE_KEY, text).filter(({ index }) => !text.slice(Math.max(0, index - 100), index).includes(TEST_KEY)).map(match => `a private key${lineOf(match)}`);
}

function found(pattern: RegExp, text: string): RegExpExecArray[] {
  return [...text.matchAll(pattern)] as RegExpExecArray[];
}

function lineOf({ input, index }: RegExpExecArray): string {
  return `, line ${input.slice(0, index).split('\n').length}`;
}

function isRandom(value: string): boolean {
  return !PUBLISHED.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value) && entropyOf(value) >= RANDOM_FROM;
}

/** Sealed values begin with the length of an RSA block, and are longer than any key. */
function isSealed(text: string, value: string): boolean {
  return /^A[gQ]/.test(value) && new RegExp(`${value.slice(0, 40).replace(/[+]/g, '\\+')}[A-Za-z0-9+/=]{250,}`).test(text);
}

function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce((bits, count) => bits - count / value.length * Math.log2(count / value.length), 0);
}
