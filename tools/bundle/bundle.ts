import { writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

/**
 * Puts all that the compiled library loads, and all that its command line does, into one file each, with which the folder then begins.
 *
 * Node.js spends more time on finding and opening two hundred files than on what is in them: a third of what the library adds to a small app.
 * What loads late goes on doing so. The files lie as deep as those of the rooms, for which `../../assets` is a path.
 */
export function bundle(folder: string): void {
  const library = bundled(folder, 'index.js');
  bundled(folder, 'cli/main.js');
  // Modules of ECMAScript import by name only what they can read in the file.
  const names = Object.keys(require(library)); // eslint-disable-line @typescript-eslint/no-require-imports
  writeFileSync(join(folder, 'index.js'), `0 && (module.exports = { ${names.join(', ')} });\nmodule.exports = require('./bundle/index');\n`);
  writeFileSync(join(folder, 'cli/main.js'), 'require(\'../bundle/cli-main\');\n');
}

function bundled(folder: string, entry: string): string {
  const file = join(folder, 'bundle', entry.replace('/', '-'));
  buildSync({ entryPoints: [join(folder, entry)], outfile: file, bundle: true, platform: 'node', target: 'node20', packages: 'external', logLevel: 'warning' });
  return file;
}
