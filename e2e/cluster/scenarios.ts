import { spawn } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { join } from 'path';

const FOLDER = join(__dirname, '..', 'scenarios');
const SUFFIX = '.test.ts';

/** The scenarios that there are. */
export function scenarioNames(): string[] {
  return readdirSync(FOLDER).filter(file => file.endsWith(SUFFIX)).map(file => file.slice(0, -SUFFIX.length)).sort();
}

/** Refuses names that no scenario has. */
export function refuseUnknown(names: string[]): void {
  const unknown = names.filter(name => !existsSync(join(FOLDER, name + SUFFIX)));
  if (unknown.length > 0) {
    throw new Error(`scenario: got ${unknown.join(', ')}, wanted one of ${scenarioNames().join(', ')}`);
  }
}

/**
 * Runs scenarios one after another, on one cluster.
 *
 * @param names all when empty
 * @returns the exit code of the test runner
 */
export function runScenarios(names: string[]): Promise<number> {
  const files = (names.length > 0 ? names : scenarioNames()).map(name => join(FOLDER, name + SUFFIX));
  const only = process.env.E2E_ONLY === undefined ? [] : ['--test-name-pattern', process.env.E2E_ONLY];
  const parameters = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec', ...only, ...files];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}
