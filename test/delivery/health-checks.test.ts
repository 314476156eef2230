import { health } from './lua';
import { HEALTH_CHECKS } from '../../src/delivery/health-checks';

function healthOf(kind: string, obj: any): string {
  const { lua } = HEALTH_CHECKS.find(each => each.kind === kind)!;
  const { status, message } = health(lua, { kind, spec: {}, ...obj });
  return `${status}: ${message}`;
}

const phase = (name: string, more: any = {}) => ({ status: { phase: name, ...more } });

test.each([
  // pkg/apis/velero/v1/backupstoragelocation_types.go
  ['BackupStorageLocation', {}, 'Progressing: Velero has not looked at the location yet'],
  ['BackupStorageLocation', { status: {} }, 'Progressing: Velero has not looked at the location yet'],
  ['BackupStorageLocation', phase(''), 'Progressing: Velero has not looked at the location yet'],
  ['BackupStorageLocation', phase('Available'), 'Healthy: Available'],
  ['BackupStorageLocation', phase('Unavailable', { message: 'no such bucket' }), 'Degraded: no such bucket'],
  ['BackupStorageLocation', phase('Unavailable'), 'Degraded: Unavailable'],

  // pkg/apis/velero/v1/schedule_types.go
  ['Schedule', {}, 'Progressing: Velero has not read the schedule yet'],
  ['Schedule', phase('New'), 'Progressing: Velero has not read the schedule yet'],
  ['Schedule', phase('Enabled'), 'Healthy: Enabled'],
  ['Schedule', phase('FailedValidation', { validationErrors: ['invalid schedule', 'no location'] }), 'Degraded: invalid schedule; no location'],
  ['Schedule', phase('FailedValidation'), 'Degraded: '],
  ['Schedule', { spec: { paused: true } }, 'Healthy: paused: no backups are made'],
  ['Schedule', { spec: { paused: true }, ...phase('Enabled') }, 'Healthy: paused: no backups are made'],
  ['Schedule', { spec: { paused: true }, ...phase('FailedValidation', { validationErrors: ['invalid'] }) }, 'Degraded: invalid'],
  ['Schedule', { spec: { paused: false } }, 'Progressing: Velero has not read the schedule yet'],
  ['Schedule', { spec: undefined }, 'Progressing: Velero has not read the schedule yet'],

  // pkg/operator/ceph/object/user/controller.go
  ['CephObjectStoreUser', {}, 'Progressing: Rook has not made the user yet'],
  ['CephObjectStoreUser', phase(''), 'Progressing: Rook has not made the user yet'],
  ['CephObjectStoreUser', phase('Ready'), 'Healthy: Ready'],
  ['CephObjectStoreUser', phase('ReconcileFailed'), 'Degraded: ReconcileFailed: the events of the user and the log of the Rook operator say why'],

  ['CephObjectStore', {}, 'Progressing: Rook has not made the object store yet'],
  ['CephObjectStore', phase('Progressing'), 'Progressing: Progressing'],
  ['CephObjectStore', phase('Ready'), 'Healthy: Ready'],
  ['CephObjectStore', phase('Failure'), 'Degraded: Failure'],

  ['ObjectBucketClaim', {}, 'Progressing: nobody has made the bucket yet'],
  ['ObjectBucketClaim', phase('Pending'), 'Progressing: Pending'],
  ['ObjectBucketClaim', phase('Bound'), 'Healthy: Bound'],
  ['ObjectBucketClaim', phase('Failed'), 'Degraded: Failed'],
])('%s %j', (kind, obj, expected) => {
  expect(healthOf(kind, obj)).toBe(expected);
});

// pkg/apis/velero/v1/backup_types.go and restore_types.go of 1.14.1 and 1.18.3
describe.each(['Backup', 'Restore'])('%s', kind => {
  test.each(['New', 'Queued', 'ReadyToStart', 'InProgress', 'WaitingForPluginOperations', 'Finalizing', 'Deleting'])('goes on: %s', name => {
    expect(healthOf(kind, phase(name))).toBe(`Progressing: ${name}`);
  });

  test.each([
    'Failed', 'FailedValidation', 'PartiallyFailed', 'WaitingForPluginOperationsPartiallyFailed', 'FinalizingPartiallyFailed',
  ])('failed: %s', name => {
    expect(healthOf(kind, phase(name))).toBe(`Degraded: ${name}`);
    expect(healthOf(kind, phase(name, { validationErrors: ['a', 'b'] }))).toBe('Degraded: a; b');
    expect(healthOf(kind, phase(name, { failureReason: 'server restarted', validationErrors: ['a'] }))).toBe('Degraded: server restarted');
  });

  test('is done, or has not begun', () => {
    expect(healthOf(kind, phase('Completed'))).toBe('Healthy: Completed');
    expect(healthOf(kind, {})).toBe('Progressing: Velero has not begun yet');
    expect(healthOf(kind, phase(''))).toBe('Progressing: Velero has not begun yet');
  });
});

test('each kind has one check, of statuses that ArgoCD has and that a wave can end with', () => {
  expect(new Set(HEALTH_CHECKS.map(({ kind }) => kind)).size).toBe(HEALTH_CHECKS.length);
  HEALTH_CHECKS.forEach(({ lua }) => {
    const statuses = [...lua.matchAll(/status = "(\w+)"/g)].map(([, status]) => status);
    expect([...new Set(statuses)].sort()).toEqual(['Degraded', 'Healthy', 'Progressing']);
  });
});

test('no word that Lua 5.1 does not have: ArgoCD runs gopher-lua, and this is 5.3', () => {
  HEALTH_CHECKS.forEach(({ lua }) => expect(lua).not.toMatch(/goto|::|\/\/|[&|~]\s|<<|>>|utf8|string\.|os\.|require|#arg|table\.(pack|unpack|move)|:\w+\(/));
});

test('the Lua of the tests is no stand-in: it fails where Lua fails', () => {
  expect(() => health('return obj.status.phase', {})).toThrow('attempt to index a nil value (field \'status\')');
  expect(() => health('hs = {', {})).toThrow('expected');
  expect(() => health('return { status = string.rep("a", 2) }', {})).toThrow('attempt to index a nil value (global \'string\')');
});
