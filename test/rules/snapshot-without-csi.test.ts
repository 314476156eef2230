import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule, server } from '../../src/rules/examples';

escapeHatch('snapshot-without-csi', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/snapshotMoveData', true)));

const WITH = server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite', '--features=EnableCSI');
const MOVING = schedule({ template: { snapshotMoveData: 'true' } });

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'snapshot-without-csi').map(line => line.replace(/^error snapshot-without-csi /, ''));
}

test('a schedule', () => {
  expect(findings(installation('1.18.3'), MOVING)).toEqual([
    'Schedule velero/nightly: spec.template.snapshotMoveData got true, wanted a server with --features=EnableCSI: without it no snapshot is taken and no data is moved, '
    + 'in a backup that is Completed',
  ]);
  expect(findings(WITH, MOVING)).toEqual([]);
  expect(findings(MOVING)).toEqual([]);
});

test('a flag of the server, once', () => {
  expect(findings(server('1.18.3', '--uploader-type=kopia', '--default-snapshot-move-data'), schedule(), schedule({ name: 'other' }))).toEqual([
    'Deployment velero/velero: --default-snapshot-move-data got "true", wanted --features=EnableCSI beside it: without it no snapshot is taken',
  ]);
});

test('a policy, once, where nothing else takes snapshots', () => {
  const policy = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: volumes, namespace: velero }\n'
    + 'data: { p: "{ version: v1, volumePolicies: [{ conditions: {}, action: { type: snapshot } }] }" }\n';
  const named = (name: string) => schedule({ name, template: { resourcePolicy: '{ kind: ConfigMap, name: volumes }' } });
  const location = 'apiVersion: velero.io/v1\nkind: VolumeSnapshotLocation\nmetadata: { name: aws, namespace: velero }\nspec: { provider: aws }\n';
  expect(findings(installation('1.18.3'), policy, named('one'), named('other'))).toEqual([
    "ConfigMap velero/volumes: data['p'].volumePolicies[0].action.type got \"snapshot\", wanted fs-backup, or a server with --features=EnableCSI: without it and without a "
    + 'VolumeSnapshotLocation nothing of these volumes is saved',
  ]);
  expect(findings(installation('1.18.3'), location, policy, named('one'))).toEqual([]);
  expect(findings(WITH, policy, named('one'))).toEqual([]);
});

test('a snapshot location for CSI', () => {
  const location = (provider: string) => `apiVersion: velero.io/v1\nkind: VolumeSnapshotLocation\nmetadata: { name: csi, namespace: velero }\nspec: { provider: ${provider} }\n`;
  expect(findings(installation('1.18.3'), location('velero.io/csi'))).toEqual([
    'VolumeSnapshotLocation velero/csi: spec.provider got "velero.io/csi", wanted a server with --features=EnableCSI: no plugin takes snapshots for this provider',
  ]);
  expect(findings(installation('1.18.3'), location('aws'))).toEqual([]);
});

describe('the classes', () => {
  const snapshotClass = (name: string, driver: string, metadata = '') =>
    `apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\nmetadata: { name: ${name}${metadata} }\ndriver: ${driver}\ndeletionPolicy: Delete\n`;
  const storageClass = (provisioner: string) => `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: ${provisioner}\n`;
  const claim = (annotations = '{}') =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop, annotations: ${annotations} }\nspec: { storageClassName: fast }\n`;
  const LABEL = ', labels: { velero.io/csi-volumesnapshot-class: "true" }';

  test.each([
    ['one', [snapshotClass('a', 'rbd')], 0],
    ['two, none marked', [snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd')], 1],
    ['two, one labelled', [snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd', LABEL)], 0],
    ['two, one the default of the cluster', [snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd', ', annotations: { snapshot.storage.kubernetes.io/is-default-class: "true" }')], 0],
    ['two, and a claim that chooses', [snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd'), claim('{ velero.io/csi-volumesnapshot-class: a }')], 0],
    ['two, and a schedule that chooses',
      [snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd'), schedule({ name: 'choosing', annotations: { 'velero.io/csi-volumesnapshot-class_rbd': 'a' } })], 0],
    ['of different drivers', [snapshotClass('a', 'rbd'), snapshotClass('b', 'cephfs')], 0],
  ])('%s', (_, classes, count) => {
    expect(findings(WITH, MOVING, ...classes)).toHaveLength(count);
    expect(findings(WITH, schedule(), ...classes)).toEqual([]);
  });

  test('which one to label', () => {
    expect(findings(WITH, MOVING, snapshotClass('a', 'rbd'), snapshotClass('b', 'rbd'))).toEqual([
      'VolumeSnapshotClass a: label velero.io/csi-volumesnapshot-class got undefined, wanted it on one of the 2 classes of the driver rbd: Velero does not choose between them',
    ]);
  });

  test('none for the driver of a claim that is covered', () => {
    expect(findings(WITH, MOVING, snapshotClass('a', 'rbd'), storageClass('nfs'), claim())).toEqual([
      'StorageClass fast: provisioner got "nfs", wanted a driver that has a VolumeSnapshotClass: claims of this class are in backups that move snapshots, and none can be taken of them',
    ]);
    expect(findings(WITH, MOVING, snapshotClass('a', 'rbd'), storageClass('rbd'), claim())).toEqual([]);
    expect(findings(WITH, MOVING, storageClass('nfs'), claim())).toEqual([]);
  });
});
