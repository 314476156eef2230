import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');

/**
 * Makes the folder of an app that has installed the library, with the homelab example in TypeScript as that app would have it, and its peer.
 *
 * @param library the compiled library
 */
export function makeConsumer(folder: string, library: string): void {
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'cdk8s-velero');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  readdirSync(join(ROOT, 'node_modules')).forEach(name => symlinkSync(join(ROOT, 'node_modules', name), join(modules, name)));
  symlinkSync(library, join(installed, 'lib'));
  symlinkSync(join(ROOT, 'package.json'), join(installed, 'package.json'));

  const example = join(folder, 'homelab');
  cpSync(join(ROOT, 'examples/homelab'), example, { recursive: true });
  for (const file of readdirSync(example).filter(name => name.endsWith('.ts'))) {
    const text = readFileSync(join(example, file), 'utf8');
    writeFileSync(join(example, file), text.replace('\'../../src\'', '\'cdk8s-velero\''));
  }
  cpSync(join(__dirname, 'apps/plain.ts'), join(folder, 'plain.ts'));
}
