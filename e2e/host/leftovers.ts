import { readdirSync, rmSync } from 'fs';
import { join } from 'path';
import { isOfRunning } from './processes';

/** Removes what processes that were killed left in a folder: their mark follows one of the prefixes, and a hyphen may follow that. */
export function removeLeftovers(folder: string, ...prefixes: string[]): void {
  for (const name of readdirSync(folder)) {
    const prefix = prefixes.find(each => name.startsWith(each));
    if (prefix !== undefined && !isOfRunning(name.slice(prefix.length).split('-')[0])) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}
