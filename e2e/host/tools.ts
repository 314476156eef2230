import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { run } from '../command';
import { part } from '../progress';
import { cached, cacheFolder, keyOf } from './cache';

const SOURCES = join(__dirname, '..', 'tools');

/** Nothing but what go.mod and go.sum name is built, and by the Go that is there. */
const ENVIRONMENT = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly', GOWORK: 'off' };

/** Folders with the programs of each tool, by the name of its folder in `e2e/tools`. */
export type Tools = { readonly [name: string]: string };

/** Builds what is not in the cache: one Go module a tool, each command that its `tool` lines name. */
export async function buildTools(): Promise<Tools> {
  const goVersion = await run('go', ['version']);
  const tools: { [name: string]: string } = {};
  for (const name of readdirSync(SOURCES).sort(byBuildOrder)) {
    const source = join(SOURCES, name);
    const flags = ['-ldflags', `-s -w ${versionFlags(name)}`.trim()];
    const files = readdirSync(source).filter(file => /^go\.(mod|sum)$|\.go$/.test(file)).sort().map(file => readFileSync(join(source, file)));
    const key = keyOf(goVersion, JSON.stringify([ENVIRONMENT, flags]), ...files);
    tools[name] = await cached(join(cacheFolder(), 'tools', `${name}-${key}`), unfinished => part(`build ${name}`, () => build(source, unfinished, flags)));
  }
  return tools;
}

async function build(source: string, target: string, flags: string[]): Promise<void> {
  const module = JSON.parse(await run('go', ['mod', 'edit', '-json'], { cwd: source })) as { Tool?: { Path: string }[] };
  const commands = module.Tool?.map(({ Path }) => Path) ?? ['.'];
  // Go leaves its temporary files when it is interrupted: here they go with the rest of what is unfinished.
  const environment = { ...ENVIRONMENT, GOTMPDIR: dirname(target) };
  await run('go', ['build', ...flags, '-o', `${target}/`, ...commands], { cwd: source, environment });
}

/** What each program says of its own version; Velero also derives the names of images from it. */
function versionFlags(tool: string): string {
  const [, name, version] = /^(.+)-(\d.*)$/.exec(tool)!;
  const [major, minor] = version.split('.');
  const variables: { [name: string]: { [variable: string]: string } } = {
    'kubernetes': Object.fromEntries(['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap(folder => [
      [`${folder}.gitVersion`, `v${version}`], [`${folder}.gitMajor`, major], [`${folder}.gitMinor`, minor], [`${folder}.gitTreeState`, 'clean'],
    ])),
    'velero': {
      'github.com/vmware-tanzu/velero/pkg/buildinfo.Version': `v${version}`,
      'github.com/vmware-tanzu/velero/pkg/buildinfo.GitTreeState': 'clean',
      'github.com/vmware-tanzu/velero/pkg/buildinfo.ImageRegistry': 'velero',
    },
    'sealed-secrets': { 'main.VERSION': version },
  };
  return Object.entries(variables[name] ?? {}).map(([variable, value]) => `-X ${variable}=${value}`).join(' ');
}

/** The longest build first: whoever watches learns soon how long it takes. */
function byBuildOrder(a: string, b: string): number {
  return Number(b.startsWith('kubernetes')) - Number(a.startsWith('kubernetes')) || (a < b ? -1 : 1);
}
