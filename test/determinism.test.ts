import { execFileSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { compiled } from './compiled';

const ROOT = join(__dirname, '..');
const YEARS = 3 * 365 * 24 * 3600 * 1000;

let folder: string;

beforeAll(() => {
  folder = compiled();
  chmodSync(folder, 0o755);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

interface Circumstances {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Synthesizes an example in a process of its own and returns its files by name, and the files that it read. */
function synthesize(example: string, { cwd = ROOT, env }: Circumstances = {}): { files: Record<string, string>; read: string[] } {
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-velero-synth-')));
  chmodSync(work, 0o777);
  const outdir = join(work, 'out');
  mkdirSync(outdir);
  chmodSync(outdir, 0o777);
  try {
    execFileSync(process.execPath, ['--require', join(__dirname, 'preload.cjs'), join(folder, 'examples', example, 'main.js')], {
      cwd, env: { PATH: process.env.PATH, CDK8S_OUTDIR: outdir, PRELOAD_FILES: join(work, 'read'), ...env },
    });
    const files = Object.fromEntries(readdirSync(outdir).sort().map(file => [file, readFileSync(join(outdir, file), 'utf8')]));
    return { files, read: JSON.parse(readFileSync(join(work, 'read'), 'utf8')) };
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.each(['homelab', 'kopia'])('examples/%s', example => {
  test.each<[string, Circumstances]>([
    ['another directory', { cwd: tmpdir() }],
    ['another time zone', { env: { TZ: 'Pacific/Apia' } }],
    ['another locale', { env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }],
    ['another clock', { env: { PRELOAD_SHIFT: String(YEARS) } }],
    ['another home and user name', { env: { HOME: '/nonexistent', USER: 'somebody', LOGNAME: 'somebody' } }],
  ])('gives the same bytes under %s', (_, circumstances) => {
    const reference = synthesize(example).files;
    expect(Object.keys(reference).length).toBeGreaterThan(4);
    expect(synthesize(example, circumstances).files).toEqual(reference);
  });

  test('reads no file but the sealed ones that it names, and opens no connection or process', () => {
    const sealed = join(folder, 'examples/homelab/sealed');
    expect(synthesize(example).read).toEqual(readdirSync(sealed).filter(file => file.endsWith('.yaml')).sort().map(file => join(sealed, file)));
  });
});
