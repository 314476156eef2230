import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { call } from './calls';
import { CHANGE_IDS } from '../../src/diff';
import { temporaryFolder } from '../credentials/sealed-files';

const FOLDER = temporaryFolder();
const ROOT = join(__dirname, '../..');
const [HOMELAB, KOPIA] = ['homelab', 'kopia'].map(example => join(ROOT, 'examples', example, 'manifests'));

/** Without the places, which move with every object that somebody adds. */
async function told(was: string, is: string): Promise<{ readonly code: number; readonly lines: string[] }> {
  const { code, stdout } = await call(['diff', was, is]);
  return { code, lines: stdout.replaceAll(/^\S+\/manifests\/(\S+?):\d+: /gm, '$1: ').split('\n') };
}

test('the way of the homelab out of restic: what stays restorable until when', async () => {
  const { code, lines } = await told(HOMELAB, KOPIA);
  expect(code).toBe(0);
  expect(lines.slice(0, lines.findIndex(line => line.includes(': harmless: ')))).toEqual([
    'velero.k8s.yaml: notable: Deployment velero/velero: uploader restic → kopia (uploader-changed)',
    expect.stringMatching(new RegExp('^ {4}Backups by restic made so far can be restored with Velero 1\\.18\\.3 until they expire, the last one after '
      + '168h \\(7 d\\) for tier0-\\S+, tier0-\\S+ and \\d+ more; after 720h \\(30 d\\) for \\S+, \\S+ and \\d+ more; after 2160h \\(90 d\\) for tier2-cert-manager, tier2-sealed-secrets\\.$')),
    '    Stay below Velero 1.19 for 2160h (90 d) after the last backup by restic: it restores none of them.',
    '    They need the password that they were made with (Secret velero-repo-credentials): keep it.',
    '    The first kopia backup copies all of each volume, into repositories beside those of restic: both take space until the backups by restic have expired.',
    'velero.k8s.yaml: notable: Deployment velero/velero: Velero 1.14.1 → 1.18.3 (version-changed)',
    '    Upstream describes the way from each minor to the next: what 1.15, 1.16, 1.17 changed holds here too.',
    '    The server starts anew: a backup that runs at that moment is Failed. Sync between two backups.',
  ]);
  expect(lines).toEqual(expect.arrayContaining([
    expect.stringMatching(/^velero-crds\.k8s\.yaml: harmless: CustomResourceDefinition \S+: other definitions of 10 kinds: .* \(definitions-changed\)$/),
    'velero.k8s.yaml: harmless: Deployment velero/velero: velero-plugin-for-aws v1.10.1 → v1.14.0 (plugin-changed)',
    expect.stringMatching(/^velero\.k8s\.yaml: harmless: Deployment velero\/velero: --backup-repository-configmap nothing → backup-repository-config, /),
    expect.stringMatching(/^0 destructive, 2 notable, \d+ harmless between \d+ objects and \d+$/),
  ]));
});

test('nobody has to read more than a screen of it', async () => {
  expect((await told(HOMELAB, KOPIA)).lines.length).toBeLessThan(30);
});

test.each([HOMELAB, KOPIA])('nothing changes between %s and itself', async example => {
  expect((await told(example, example)).lines[0]).toMatch(/^0 destructive, 0 notable, 0 harmless between \d+ objects and \d+$/);
});

test('the how-to shows what is told of the homelab with a shorter retention', async () => {
  const folder = join(FOLDER, 'manifests');
  mkdirSync(folder);
  for (const name of readdirSync(HOMELAB)) {
    writeFileSync(join(folder, name), readFileSync(join(HOMELAB, name), 'utf8').replaceAll('ttl: 168h0m0s', 'ttl: 72h0m0s'));
  }
  const [shown] = readFileSync(join(ROOT, 'docs/how-to/review-a-change.md'), 'utf8').split('```\n').filter(block => block.includes('retention-shortened)\n'));
  expect((await call(['diff', HOMELAB, folder])).stdout.replaceAll(dirname(folder), '').replaceAll(/^\//gm, '')).toBe(shown);
});

test('every kind of change is explained', () => {
  const page = readFileSync(join(ROOT, 'docs/how-to/review-a-change.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, id, what]) => [id, what]);
  expect(Object.fromEntries(rows)).toEqual(CHANGE_IDS);
});
