import { spawn } from 'child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { CLEAN } from './places';
import { longestFirst, take } from './queue';

const FOLDER = join(__dirname, '..', 'scenarios');
const SUFFIX = '.test.ts';

/** The scenarios that there are. */
export function scenarioNames(): string[] {
  return readdirSync(FOLDER).filter(file => file.endsWith(SUFFIX)).map(file => file.slice(0, -SUFFIX.length)).sort();
}

/**
 * The names of the cases of scenarios as their files write them: what only the running file knows stays as `${…}`.
 *
 * @param names of scenarios, all when empty
 */
export function caseNames(names: string[]): string[] {
  const texts = (names.length > 0 ? names : scenarioNames()).map(name => readFileSync(join(FOLDER, name + SUFFIX), 'utf8'));
  return texts.flatMap(text => [...text.matchAll(/\bscenario\((['`])(.+?)\1,/g)].map(([, , name]) => name));
}

/** Refuses names that no scenario has. */
export function refuseUnknown(names: string[]): void {
  const unknown = names.filter(name => !existsSync(join(FOLDER, name + SUFFIX)));
  if (unknown.length > 0) {
    throw new Error(`scenario: got ${unknown.join(', ')}, wanted one of ${scenarioNames().join(', ')}`);
  }
}

/**
 * Runs scenarios one after another on one cluster, those that no other cluster of the run has taken.
 *
 * @param names all when empty
 * @returns the exit code: 0 when all of them passed
 */
export async function runScenarios(names: string[]): Promise<number> {
  let worst = 0;
  rmSync(CLEAN, { force: true });
  for (const name of longestFirst(names.length > 0 ? names : scenarioNames())) {
    if (take(name)) {
      worst = Math.max(worst, await runScenario(name));
    }
  }
  return worst;
}

function runScenario(name: string): Promise<number> {
  const only = process.env.E2E_ONLY === undefined ? [] : ['--test-name-pattern', process.env.E2E_ONLY];
  const parameters = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec', ...only, join(FOLDER, name + SUFFIX)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}
