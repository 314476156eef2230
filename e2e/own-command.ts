import { join } from 'path';

/** Program and parameters that run the library's own command line, as the checkout has it. */
export function ownCommand(...parameters: string[]): [string, string[]] {
  return [process.execPath, ['--import', 'tsx', join(__dirname, '..', 'src', 'cli', 'main.ts'), ...parameters]];
}
