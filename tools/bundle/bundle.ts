import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { build, transform, type BuildOptions, type Plugin } from 'esbuild';

const SOURCES = join(__dirname, '../../src');

/** The rooms that the library loads when the first app is judged, half of it: whoever imports it waits for the rest only. */
const LATE_PART = 'model-and-rules';

/**
 * Puts all that the library loads into three files, and all that its command line does into one, with which a compiled folder then begins.
 *
 * Node.js spends more time on finding and opening two hundred files than on what is in them: a third of what the library adds to a small app.
 * They are made from the sources, not from what the compiler made of them: modules of ECMAScript become one scope, and the functions of a
 * CommonJS module would be read twice, once with the file and once when the module is wanted.
 * The files lie as deep as those of the rooms, for which `../../assets` is a path.
 *
 * @param assembly what jsii wrote about the library; without, nobody can use it from another language
 */
export async function bundle(folder: string, assembly?: string): Promise<void> {
  mkdirSync(join(folder, 'bundle'), { recursive: true });
  await bundleLibrary(folder, assembly ? marksOfClasses(assembly) : '');
  await bundleCommandLine(folder);
  // Modules of ECMAScript import by name only what they can read in the file.
  const names = Object.keys(require(join(folder, 'bundle/index.js'))); // eslint-disable-line @typescript-eslint/no-require-imports
  writeFileSync(join(folder, 'index.js'), `0 && (module.exports = { ${names.join(', ')} });\nmodule.exports = require('./bundle/index');\n`);
  writeFileSync(join(folder, 'cli/main.js'), 'require(\'../bundle/cli-main\');\n');
}

/**
 * What is always wanted, what is wanted late, and what both have in common.
 *
 * esbuild divides modules of ECMAScript only; they become those of CommonJS afterwards.
 */
async function bundleLibrary(folder: string, footer: string): Promise<void> {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: { index: join(SOURCES, 'index.ts'), [LATE_PART]: join(SOURCES, `findings/${LATE_PART}.ts`) },
    outdir: join(folder, 'bundle'),
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
    plugins: [atOnce],
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { ...COMMON, format: 'cjs' });
    const isEntry = basename(path) === 'index.js';
    writeFileSync(path, ascii(code.replaceAll(LATER, 'require')) + (isEntry ? footer : ''));
  }
}

/** What loads late in the sources does so here too: each command needs few of the parts. */
async function bundleCommandLine(folder: string): Promise<void> {
  const { outputFiles: [{ text }] } = await build({ ...OPTIONS, entryPoints: [join(SOURCES, 'cli/main.ts')], format: 'cjs' });
  writeFileSync(join(folder, 'bundle/cli-main.js'), ascii(text));
}

const COMMON = {
  platform: 'node',
  target: 'node20',
  // Names of functions stay, and lines stay short: they are what a stack trace shows.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  logLevel: 'warning',
} as const;

const OPTIONS = { ...COMMON, bundle: true, write: false, packages: 'external' } as const satisfies BuildOptions;

/**
 * With a single character beyond Latin-1 V8 keeps the whole file at two bytes a character. esbuild leaves only those of regular expressions as they
 * are, and of tagged templates, which are not used here.
 */
function ascii(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * What else loads late in the sources is in one of the three files, and nothing is won by waiting: a module that loads late is a function around its
 * code, and so is all that it imports, which V8 then reads with the file and once more when it is called.
 */
const atOnce: Plugin = {
  name: 'at once',
  setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: importedAtOnce(readFileSync(path, 'utf8')), loader: 'ts' })),
};

function importedAtOnce(text: string): string {
  const modules = [...new Set(Array.from(text.matchAll(LATE), ([, module]) => module))];
  const imports = modules.map((module, index) => `import * as atOnce${index} from '${module}';\n`);
  const importing = text.replace(LATE, (_, module) => `atOnce${modules.indexOf(module)}`);
  return imports.join('') + importing.replace(/\brequire(?=[.(])/g, LATER);
}

/** Of a room or a file of the library: packages go on loading late, and so does the late part. */
const LATE = new RegExp(`\\brequire\\('(\\.(?!/${LATE_PART}')[^']*)'\\)`, 'g');

/** Stands for `require`, which modules of ECMAScript do not have. */
const LATER = 'requireLater';

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
