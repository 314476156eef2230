import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

const SOURCES = join(__dirname, '../../src');

/**
 * Puts all that the library loads, and all that its command line does, into one file each, with which a compiled folder then begins.
 *
 * Node.js spends more time on finding and opening two hundred files than on what is in them: a third of what the library adds to a small app.
 * They are made from the sources, not from what the compiler made of them: modules of ECMAScript become one scope, and the functions of a
 * CommonJS module would be read twice, once with the file and once when the module is wanted.
 * What loads late goes on doing so. The files lie as deep as those of the rooms, for which `../../assets` is a path.
 *
 * @param assembly what jsii wrote about the library; without, nobody can use it from another language
 */
export function bundle(folder: string, assembly?: string): void {
  const library = bundled(folder, 'index', assembly && marksOfClasses(assembly));
  bundled(folder, 'cli/main');
  // Modules of ECMAScript import by name only what they can read in the file.
  const names = Object.keys(require(library)); // eslint-disable-line @typescript-eslint/no-require-imports
  writeFileSync(join(folder, 'index.js'), `0 && (module.exports = { ${names.join(', ')} });\nmodule.exports = require('./bundle/index');\n`);
  writeFileSync(join(folder, 'cli/main.js'), 'require(\'../bundle/cli-main\');\n');
}

function bundled(folder: string, entry: string, footer = ''): string {
  const file = join(folder, 'bundle', `${entry.replace('/', '-')}.js`);
  buildSync({
    entryPoints: [join(SOURCES, `${entry}.ts`)],
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // Names of functions stay, and lines stay short: they are what a stack trace shows.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    footer: { js: footer },
    logLevel: 'warning',
  });
  return file;
}

/**
 * What a class has from jsii and loses here: the mark by which the kernel of jsii knows what an object of another language is, and its name, where it
 * mentions itself.
 */
function marksOfClasses(assembly: string): string {
  const { types, version } = JSON.parse(readFileSync(assembly, 'utf8')) as Assembly;
  const classes = Object.values(types).filter(({ kind }) => kind === 'class');
  const marks = classes.map(({ name, fqn }) => `mark(${JSON.stringify(name)}, ${JSON.stringify({ fqn, version })});`);
  return [
    'function mark(name, fact) {',
    '  Object.defineProperty(module.exports[name], \'name\', { value: name, configurable: true });',
    '  module.exports[name][Symbol.for(\'jsii.rtti\')] = fact;',
    '}',
    ...marks,
  ].join('\n');
}

interface Assembly {
  readonly version: string;
  readonly types: Readonly<Record<string, { readonly kind: string; readonly name: string; readonly fqn: string }>>;
}
