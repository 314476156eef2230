import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, realpathSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '..');

/**
 * The library and the examples as plain JavaScript in a folder of their own, as they lie in a checkout.
 *
 * Not through tsx: it starts a process and reads its cache, which hides what synth itself does.
 */
export function compiled(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-velero-compiled-')));
  execFileSync(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'examples/tsconfig.json'),
    '--noEmit', 'false', '--noCheck', '--declaration', 'false', '--outDir', folder,
  ]);
  for (const shared of ['node_modules', 'assets']) {
    symlinkSync(join(ROOT, shared), join(folder, shared));
  }
  cpSync(join(ROOT, 'examples/homelab/sealed'), join(folder, 'examples/homelab/sealed'), { recursive: true });
  return folder;
}
