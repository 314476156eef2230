import { AsyncLocalStorage } from 'async_hooks';
import { appendFileSync, readFileSync } from 'fs';

/** A part of a run and how long it took. */
interface Part {
  readonly name: string;
  /** What it belongs to, the largest first: a cluster where there are several, a case. */
  readonly of: string[];
  readonly seconds: number;
}

/** Names the file that collects the parts of all processes of a run. */
export const TIMES_FILE = 'E2E_TIMES';

/** When the run began, for the left column; its processes share it. */
const BEGAN = 'E2E_BEGAN';
process.env[BEGAN] ??= String(Date.now());

/** What the parts that are cases of scenarios begin with; only those that pass become parts. */
export const CASE = 'scenario ';

/** Names the cluster that a process belongs to, where a run has several. */
export const CLUSTER = 'E2E_CLUSTER';

/** The title of the case that what is done belongs to. */
const currentCase = new AsyncLocalStorage<string>();

/** Tells on the terminal what happens, with the seconds since the run began. */
export function tell(text: string): void {
  const seconds = (Date.now() - Number(process.env[BEGAN])) / 1000;
  const cluster = process.env[CLUSTER] === undefined ? '' : `${process.env[CLUSTER]}  `;
  process.stdout.write(`${seconds.toFixed(1).padStart(7)} s  ${cluster}${text}\n`);
}

/** Does a part of the run: tells its beginning, its end and its seconds, which go into the table at the end. */
export async function part<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  tell(`${name} …`);
  return timed(name, work);
}

/** Does a case of a scenario as a part of the run. */
export function caseOf<T>(title: string, work: () => Promise<T>): Promise<T> {
  return part(`${CASE}${title}`, () => currentCase.run(title, work));
}

/** The same for what is usually over before anybody wonders: only the end is told. */
export async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  const seconds = (Date.now() - start) / 1000;
  tell(`${name}: ${seconds.toFixed(1)} s`);
  if (process.env[TIMES_FILE] !== undefined) {
    appendFileSync(process.env[TIMES_FILE], `${JSON.stringify({ name, of: belonging(), seconds } satisfies Part)}\n`);
  }
  return result;
}

/** The parts of a run in the order of their ends. */
export function parts(): Part[] {
  return readFileSync(process.env[TIMES_FILE]!, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Part);
}

/** The same as a table. */
export function tableOfParts(): string {
  return parts().map(({ name, of, seconds }) => {
    const told = name.replace(/^ */, indentation => indentation + of.map(larger => `${larger}: `).join(''));
    return `${seconds.toFixed(1).padStart(8)} s  ${told}`;
  }).join('\n');
}

function belonging(): string[] {
  const cluster = process.env[CLUSTER];
  return [cluster && `cluster ${cluster}`, currentCase.getStore()].filter((larger): larger is string => larger !== undefined);
}
