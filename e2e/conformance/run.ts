/* Reads manifests with upstream's own types, flags and parsers: see README.md. Builds what is missing into the cache of the end-to-end suite. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'fs';
import { join, relative } from 'path';
import { madeFolders } from './made';
import { attempt, run } from '../command';
import { cached, cacheFolder, keyOf } from '../host/cache';
import { part, tell, timed } from '../progress';

const USAGE = `npm run e2e:conformance [-- folder …]   reads the YAML in folders, by default that of every example
npm run e2e:conformance -- --test       tests the programs that read it`;

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/**
 * Of the Go modules with Rook's and the newest ArgoCD's types no release is offered: their definitions decide alone, those of the newest known.
 */
const DEFINITIONS = ['rook-1.20.6.json', 'argocd-3.5.1.json'].map(file => join(__dirname, '..', '..', 'test', 'fixtures', file));

/** As the tools of the suite are built: what is compiled for Velero itself is not compiled again. */
const ENVIRONMENT = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly', GOWORK: 'off' };

/** The program for everything that does not depend on the release of Velero. */
const OBJECTS = 'objects';

/** The program that asks ArgoCD whether it would deliver a folder. It takes minutes to build: only where something is for it. */
const ARGOCD = 'argocd';

/** What each program is built from, beside its own folder. */
const SHARED = 'shared';
const VELERO = 'velero';

async function main(parameters: string[]): Promise<number> {
  if (parameters.some(parameter => parameter.startsWith('-') && parameter !== '--test')) {
    console.error(USAGE);
    return 2;
  }
  return parameters.includes('--test') ? testPrograms() : parameters.length > 0 ? check(parameters) : checkExamples();
}

async function checkExamples(): Promise<number> {
  const { parent, folders } = madeFolders();
  try {
    return Math.max(await check(examples()), await deliver(folders));
  } finally {
    rmSync(parent, { recursive: true });
  }
}

async function check(folders: string[]): Promise<number> {
  const objects = await build(OBJECTS);
  const { code, stdout, stderr } = await attempt(objects, ['-releases', ...folders]);
  if (code !== 0) {
    process.stderr.write(stderr);
    return code;
  }
  const programs = await veleroPrograms(stdout.split('\n').filter(release => release !== '').map(minorOf));
  const result = await timed('conformance', () => attempt(objects, [...programs, ...DEFINITIONS.flatMap(file => ['-definitions', file]), ...folders]));
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  return Math.max(result.code, await deliver(folders.filter(isForArgoCd)));
}

async function deliver(folders: readonly string[]): Promise<number> {
  if (folders.length === 0) {
    return 0;
  }
  const argocd = await build(ARGOCD);
  const { code, stdout, stderr } = await timed('delivery', () => attempt(argocd, [...folders]));
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return code;
}

function isForArgoCd(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .some(file => file.endsWith('.yaml') && readFileSync(join(folder, file), 'utf8').includes('argoproj.io/'));
}

/** The manifests of every example. */
function examples(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => manifestsOf(name)).sort();
}

function manifestsOf(example: string): string {
  const folder = relative(process.cwd(), join(EXAMPLES, example, 'manifests'));
  if (!existsSync(folder)) {
    throw new Error(`examples/${example}: got no folder ${folder}, wanted what the example emits: run npx cdk8s synth in examples/${example}`);
  }
  return folder;
}

/** Parameters that name a program for each of the minors that there is one for; the rest is a problem that the program tells. */
async function veleroPrograms(minors: string[]): Promise<string[]> {
  const parameters: string[] = [];
  for (const name of modules().filter(module => module.startsWith(`${VELERO}-`))) {
    const minor = minorOf(name.slice(VELERO.length + 1));
    if (minors.includes(minor)) {
      parameters.push('-velero', `${minor}=${await build(name)}`);
    }
  }
  return parameters;
}

function minorOf(release: string): string {
  return release.split('.').slice(0, 2).join('.');
}

/** Folders with a go.mod. */
function modules(): string[] {
  return readdirSync(__dirname).filter(name => existsSync(join(__dirname, name, 'go.mod'))).sort();
}

async function build(name: string): Promise<string> {
  const parts = [name, SHARED, ...([OBJECTS, ARGOCD].includes(name) ? [] : [VELERO])];
  const key = keyOf(await run('go', ['version']), JSON.stringify(ENVIRONMENT), ...parts.flatMap(folder => sources(join(__dirname, folder))));
  const path = join(cacheFolder(), 'conformance', `${name}-${key}`);
  return cached(path, unfinished => part(`build conformance ${name}`, async () => {
    await run('go', ['build', '-ldflags', '-s -w', '-o', unfinished, '.'], { cwd: join(__dirname, name), environment: ENVIRONMENT });
  }));
}

/** Names and contents of what a module is compiled from. */
function sources(folder: string): (string | Buffer)[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /(^|\/)go\.(mod|sum)$|\.go$/.test(file) && !file.endsWith('_test.go'))
    .sort()
    .flatMap(file => [file, readFileSync(join(folder, file))]);
}

/** Gives every program good and bad documents. `velero` is compiled and tested with each release. */
async function testPrograms(): Promise<number> {
  let failed = 0;
  for (const name of modules().filter(module => module !== VELERO)) {
    const { code, stdout, stderr } = await part(`test conformance ${name}`, () =>
      attempt('go', ['test', './...'], { cwd: join(__dirname, name), environment: ENVIRONMENT }));
    if (code !== 0) {
      failed++;
      process.stdout.write(stdout + stderr);
    }
  }
  tell(`${failed} failed`);
  return failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error((error as Error).message);
    process.exit(1);
  },
);
