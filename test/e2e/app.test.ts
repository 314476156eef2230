import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { Declaration, DECLARATION_FILE } from '../../e2e/declaration';

const ROOT = join(__dirname, '../..');

function schedulesOf(applications: string[]): any[] {
  const sealed = mkdtempSync(join(tmpdir(), 'e2e-app-'));
  cpSync(join(ROOT, 'examples/homelab/sealed'), sealed, { recursive: true });
  const file = join(sealed, 'declaration.json');
  writeFileSync(file, JSON.stringify({ version: '1.18.3', uploader: 'kopia', bucket: 'backups', sealed, applications } satisfies Declaration));
  const environment = { ...process.env, [DECLARATION_FILE]: file, CDK8S_OUTDIR: join(sealed, 'manifests') };
  execFileSync(process.execPath, ['--import', 'tsx', 'e2e/app.ts'], { cwd: ROOT, env: environment, stdio: 'pipe' });
  return parseAllDocuments(readFileSync(join(sealed, 'manifests/tier-0.k8s.yaml'), 'utf8')).map(document => document.toJS())
    .filter(({ kind }) => kind === 'Schedule');
}

test('no backup of the app of the scenarios comes due while they run, except on a leap day', () => {
  expect(schedulesOf(['shop', 'attic']).map(({ metadata, spec }) => [metadata.name, spec.schedule])).toEqual([
    ['tier0-shop', '0 3 29 2 *'],
    ['tier0-attic', '1 3 29 2 *'],
  ]);
});
