import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, JsonPatch, Yaml } from 'cdk8s';
import { call } from './cli/calls';
import { homelab } from '../examples/homelab/chart';
import { emissionOf } from '../src/findings/emission';

/** A slip in the homelab, each of a kind that Velero takes without a word or fails at later. */
interface Slip {
  readonly kind: string;
  readonly name: string;
  readonly patch: JsonPatch[];
  /** The rules that must see it, at this object. */
  readonly found: string[];
}

const CONTAINER = '/spec/template/spec/containers/0';
const SLIPS: Slip[] = [
  {
    kind: 'Deployment',
    name: 'velero',
    patch: [
      JsonPatch.replace('/spec/strategy', { type: 'RollingUpdate' }),
      JsonPatch.remove(`${CONTAINER}/args/1`), // --uploader-type
      JsonPatch.add(`${CONTAINER}/args/-`, '--restic-timeout=1h'),
    ],
    found: ['server-not-single', 'unknown-flag', 'uploader-implicit'],
  },
  { kind: 'DaemonSet', name: 'node-agent', patch: [JsonPatch.replace('/metadata/name', 'velero-node-agent')], found: ['hard-coded-name'] },
  { kind: 'Namespace', name: 'velero', patch: [JsonPatch.replace('/metadata/labels/pod-security.kubernetes.io~1enforce', 'baseline')], found: ['namespace-not-privileged'] },
  {
    kind: 'BackupStorageLocation',
    name: 'cluster-backups',
    patch: [JsonPatch.remove('/spec/config/checksumAlgorithm'), JsonPatch.remove('/spec/config/region')],
    found: ['location-checksum', 'location-config'],
  },
  { kind: 'Schedule', name: 'tier0-n8n-prod', patch: [JsonPatch.replace('/spec/schedule', '0 3 * * 7')], found: ['cron-invalid'] },
  { kind: 'Schedule', name: 'tier0-keycloak', patch: [JsonPatch.replace('/spec/template/ttl', '7d')], found: ['duration-invalid'] },
  { kind: 'Schedule', name: 'tier0-authelia', patch: [JsonPatch.replace('/spec/template/storageLocation', 'cluster-backup')], found: ['location-unknown'] },
  { kind: 'Schedule', name: 'tier0-lldap', patch: [JsonPatch.replace('/spec/skipImmediately', true)], found: ['skip-immediately'] },
  { kind: 'Schedule', name: 'tier0-infisical', patch: [JsonPatch.add('/spec/template/includedNamespace', ['infisical'])], found: ['unknown-field'] },
];

/** The homelab with a slip in many places, made as a user's escape hatches would. */
function broken(): { app: App; objects: readonly ApiObject[] } {
  const app = new App({ outdir: join(mkdtempSync(join(tmpdir(), 'cdk8s-velero-broken-')), 'manifests') });
  homelab(app);
  const { objects } = emissionOf(app);
  for (const { kind, name, patch } of SLIPS) {
    const object = objects.find(each => each.kind === kind && each.name === name);
    if (object === undefined) {
      throw new Error(`the homelab has no ${kind} ${name}`);
    }
    object.addJsonPatch(...patch);
  }
  return { app, objects };
}

/** Object and rule of each line that begins a finding. */
function told(lines: string[], pattern: RegExp): string[] {
  return lines.flatMap(line => pattern.exec(line)?.slice(1, 3).join(' ') ?? []).sort();
}

/** The DaemonSet has its new name where it is told of. */
const WANTED = SLIPS.flatMap(({ kind, name, found }) => found.map(id => `${kind} velero/${name === 'node-agent' ? 'velero-node-agent' : name} ${id}`))
  .map(line => line.replace('Namespace velero/velero', 'Namespace velero')).sort();

function thrown(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

test('synth tells every error at once and writes nothing; check finds the same in the YAML', async () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const { app, objects } = broken();
  const message = thrown(() => app.synth());
  stderr.mockRestore();
  expect(told(message.split('\n'), /^ +\[\S*\] (\w+ \S+) \(.*\((\S+)\)$/)).toEqual(WANTED);
  expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);

  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-velero-broken-'));
  writeFileSync(join(folder, 'all.yaml'), Yaml.stringify(...objects.map(object => object.toJson())));
  const { code, stdout } = await call(['check', '--format', 'json', folder]);
  const errors = JSON.parse(stdout).findings.filter(({ severity }: any) => severity === 'error');
  expect(code).toBe(1);
  expect(errors.map(({ object, id }: any) => `${object} ${id}`).sort()).toEqual(WANTED);
});
