import { modelOf, object, workload } from './manifests';
import { CommandLine } from '../../src/model/command-line';
import { readImage } from '../../src/model/image';

function server(args: string[], more: object = {}): any {
  return workload('Deployment', 'velero', { image: 'velero/velero:v1.16.2', command: ['/velero'], args: ['server', ...args], ...more });
}

test.each([
  ['velero/velero:v1.16.2', { repository: 'velero/velero', name: 'velero', tag: 'v1.16.2', digest: undefined, version: '1.16.2' }],
  ['registry:5000/mirror/velero:1.16.2@sha256:ab', { repository: 'registry:5000/mirror/velero', name: 'velero', tag: '1.16.2', digest: 'sha256:ab', version: '1.16.2' }],
  ['registry:5000/velero', { repository: 'registry:5000/velero', name: 'velero', tag: undefined, digest: undefined, version: undefined }],
  ['velero@sha256:ab', { repository: 'velero', name: 'velero', tag: undefined, digest: 'sha256:ab', version: undefined }],
  ['bitnami/velero:1.16.2-debian-12-r0', { repository: 'bitnami/velero', name: 'velero', tag: '1.16.2-debian-12-r0', digest: undefined, version: '1.16.2' }],
  ['velero/velero:v1.17.0-rc.1', { repository: 'velero/velero', name: 'velero', tag: 'v1.17.0-rc.1', digest: undefined, version: undefined }],
  ['velero/velero:latest', { repository: 'velero/velero', name: 'velero', tag: 'latest', digest: undefined, version: undefined }],
])('image %s', (text, parts) => {
  expect(readImage(text)).toEqual({ text, ...parts });
});

test('a command line is read as the program reads it', () => {
  const line = new CommandLine([
    '/velero', 'server', '--log-level', 'debug', '--restore-only', '--features=A,B', '-n', 'backup', '--restore-only=false', '--unknown', '--other', 'x', '-v=4', '--', '-',
  ]);
  expect(line.words).toEqual(['/velero', 'server', '--', '-']);
  expect(line.flags).toEqual([
    { name: 'log-level', value: 'debug' }, { name: 'restore-only', value: 'true' }, { name: 'features', value: 'A,B' }, { name: 'namespace', value: 'backup' },
    { name: 'restore-only', value: 'false' }, { name: 'unknown', value: 'true' }, { name: 'other', value: 'x' }, { name: 'v', value: '4' },
  ]);
  expect([line.value('restore-only'), line.value('log-format')]).toEqual(['false', undefined]);
  expect([line.isOn('restore-only'), line.isOn('unknown'), line.isOn('log-format')]).toEqual([false, true, undefined]);
});

describe('an install', () => {
  test('is what runs Velero in a namespace, whatever it is called', () => {
    const model = modelOf(
      workload('Deployment', 'my-velero', { image: 'mirror/backup:v1.15.2', command: ['/usr/bin/velero', 'server'] }),
      workload('DaemonSet', 'node-agent-windows', { image: 'velero/velero:v1.15.2', args: ['node-agent', 'server'] }),
      workload('DaemonSet', 'node-agent', { image: 'velero/velero:v1.15.2', args: ['node-agent', 'server', '--features=EnableCSI,'] }),
      workload('Deployment', 'argocd', { image: 'argoproj/argocd:v3', args: ['server'] }),
      workload('Deployment', 'cli', { image: 'velero/velero:v1.15.2', args: ['backup', 'get'] }),
      workload('ReplicaSet', 'velero-5d8', { image: 'velero/velero:v1.15.2', args: ['server'] }),
    );
    const [install] = model.installs;
    expect(model.installs).toHaveLength(1);
    expect(install.servers.map(({ workload: { name } }) => name)).toEqual(['my-velero']);
    expect(install.nodeAgent!.workload.name).toBe('node-agent');
    expect(install.nodeAgents).toHaveLength(2);
    expect(install.programs).toHaveLength(3);
    expect(install.nodeAgent!.features).toEqual(['EnableCSI']);
    expect(install.version).toBe('1.15.2');
    expect(model.installIn('velero')).toBe(install);
    expect(model.installIn('default')).toBeUndefined();
  });

  test.each([
    [['--uploader-type=restic'], 'v1.16.2', 'restic'],
    [[], 'v1.16.2', 'restic'],
    [[], 'v1.17.2', 'kopia'],
    [[], 'latest', undefined],
  ])('%j on %s writes with %s', (args, tag, uploader) => {
    expect(modelOf(server(args, { image: `velero/velero:${tag}` })).installs[0].uploader).toBe(uploader);
  });

  test.each(['v1.13.0', 'v1.99.1', 'latest', 'v01.16.2', 'v1.16.02'])('nothing is known about %s', tag => {
    expect(modelOf(server([], { image: `velero/velero:${tag}` })).installs[0].release).toBeUndefined();
  });

  test('a node-agent alone has a version and no uploader', () => {
    const [install] = modelOf(workload('DaemonSet', 'node-agent', { image: 'velero/velero:v1.14.1', args: ['node-agent', 'server'] })).installs;
    expect([install.version, install.uploader, install.plugins]).toEqual(['1.14.1', undefined, []]);
    expect(install.configMaps.map(({ use, name }) => [use, name])).toEqual([['node-agent', 'node-agent-config']]);
  });

  test('plugins and ConfigMaps', () => {
    const plugin = { name: 'plugin', image: 'velero/velero-plugin-for-aws:v1.12.2' };
    const copy = { name: 'copy', image: 'velero/velero:v1.16.2' };
    const [install] = modelOf(workload('Deployment', 'velero', {
      image: 'velero/velero:v1.16.2', args: ['server', '--repo-maintenance-job-configmap=jobs', '--backup-repository-configmap='],
    }, { initContainers: [copy, plugin, { name: 'none' }] })).installs;
    expect(install.plugins.map(({ name, version }) => [name, version])).toEqual([['velero-plugin-for-aws', '1.12.2']]);
    expect(install.configMaps.map(({ use, name, flag }) => [use, name, flag])).toEqual([['repository-maintenance', 'jobs', 'repo-maintenance-job-configmap']]);
  });
});

test('the location of a backup is the one it names, that of the server, or the default', () => {
  const location = (name: string, isDefault: boolean) => object('velero.io/v1', 'BackupStorageLocation', name, { spec: { default: isDefault } });
  const backup = (storageLocation?: string) => object('velero.io/v1', 'Backup', `of-${storageLocation}`, { spec: { storageLocation } });
  const found = (...objects: any[]) => {
    const model = modelOf(location('a', false), location('b', true), location('c', false), ...objects);
    return model.locationOf('velero', model.backups.all[0].spec)?.name;
  };
  expect(found(backup('a'))).toBe('a');
  expect(found(backup('x'))).toBeUndefined();
  expect(found(backup())).toBe('b');
  expect(found(backup(), server(['--default-backup-storage-location=c']))).toBe('c');
});

test.each([
  [[], {}, false],
  [['--default-volumes-to-fs-backup', '--default-snapshot-move-data=1'], {}, true],
  [['--default-volumes-to-fs-backup', '--default-snapshot-move-data=1'], { defaultVolumesToFsBackup: false, snapshotMoveData: false }, false],
  [[], { defaultVolumesToFsBackup: true, snapshotMoveData: true }, true],
])('a server with %j and a backup with %j save volumes by default: %s', (args, spec, expected) => {
  const model = modelOf(server(args), object('velero.io/v1', 'Backup', 'b', { spec }));
  const [backup] = model.backups.all;
  expect([model.savesFilesByDefault('velero', backup.spec), model.movesSnapshotData('velero', backup.spec)]).toEqual([expected, expected]);
  expect(model.savesFilesByDefault('elsewhere', backup.spec)).toBe((spec as any).defaultVolumesToFsBackup ?? false);
});
