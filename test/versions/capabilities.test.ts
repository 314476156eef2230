import { between, RELEASES } from './releases';
import { BUNDLED_RELEASES, CAPABILITIES, Capability, releaseOf } from '../../src/versions';

/** From (included) and until (excluded). */
const RANGES: Record<Capability, [since: string | undefined, until?: string]> = {
  'restic-backup': [undefined, '1.17.0'],
  'restic-deprecated': ['1.15.0', '1.17.0'],
  'restic-restore': [undefined],
  'fs-backup-pods': ['1.17.0'],
  'data-mover-pods': ['1.15.0'],
  'node-agent-role-label': ['1.16.0'],
  'node-agent-fixed-config-map': [undefined, '1.15.0'],
  'node-agent-config-map-one-key': ['1.18.0'],
  'config-maps-must-exist': ['1.17.0'],
  'maintenance-inherits-affinity': [undefined, '1.15.0'],
  'maintenance-inherits-tolerations': [undefined, '1.16.0'],
  'maintenance-inherits-node-selector': [undefined, '1.16.0'],
  'maintenance-inherits-labels': [undefined, '1.16.0'],
  'maintenance-inherits-listed-tolerations': ['1.17.1'],
  'data-mover-inherits-listed-tolerations': ['1.17.0'],
  'maintenance-inherits-security-context': ['1.17.0'],
  'pods-inherit-pull-secrets': ['1.16.2'],
  'home-falls-back': ['1.16.0'],
  'restore-helper-security-context': ['1.15.1'],
  'restore-helper-inherits-security-context': ['1.16.0'],
  'restore-helper-pod-user': ['1.18.3'],
  'ca-certificate-reference': ['1.18.0'],
  'restore-resource-policy': ['1.18.3'],
  'unavailable-location-fails-backup': ['1.16.2'],
  'backup-queue': ['1.18.0'],
  'fs-backup-timeout-keeps-volumes': ['1.18.3'],
  'data-mover-needs-node-agent': ['1.18.3'],
  'post-hooks-wait': ['1.15.1'],
  'pod-volume-restore-alone': ['1.18.3'],
  'cron-time-zone': ['1.15.0'],
  'cron-either-day': [undefined, '1.18.3'],
  'cron-either-day-stepped': ['1.15.0', '1.18.3'],
  'cron-weekday-step': [undefined, '1.18.3'],
  'namespace-patterns': ['1.18.0'],
  'volume-group-snapshot-label-key': ['1.17.0'],
  'volume-policy-csi-attributes': ['1.16.0'],
  'volume-policy-pvc-labels': ['1.16.0'],
  'volume-policy-include-exclude': ['1.17.0'],
  'volume-policy-pvc-phase': ['1.18.0'],
  'volume-policy-custom-action': ['1.18.1'],
  'volume-policy-pvc-volume-mode': ['1.18.3'],
  'volume-policy-pvc-access-modes': ['1.18.3'],
  'volume-policy-resource-filters': ['1.18.3'],
};

test('every capability is here', () => {
  expect(Object.keys(RANGES).sort()).toEqual(Object.keys(CAPABILITIES).sort());
});

test.each(Object.entries(RANGES))('%s: %j', (capability, [since, until]) => {
  expect(RELEASES.filter(version => releaseOf(version).has(capability as Capability))).toEqual(between(since, until));
});

test('restic restores end with 1.19', () => {
  expect(CAPABILITIES['restic-restore'].until).toBe('1.19.0');
});

test.each(Object.entries(CAPABILITIES))('%s ends a sentence and has a source', (_, { description, source }) => {
  expect(description).toMatch(/^[a-zA-Z].*[^.]$/);
  expect(source).toMatch(/v?\d+\.\d+/);
});

describe('fields that came with a release', () => {
  const fields = new Map(BUNDLED_RELEASES.map(version => [version, specFields(version)]));
  const gated = Object.values(CAPABILITIES).filter(({ field }) => field !== undefined);

  test.each([
    ['1.15.2', []],
    ['1.16.2', []],
    ['1.17.2', ['Schedule.spec.template.volumeGroupSnapshotLabelKey']],
    ['1.18.3', [
      'BackupStorageLocation.spec.objectStorage.caCertRef',
      'BackupStorageLocation.spec.objectStorage.caCertRef.key',
      'BackupStorageLocation.spec.objectStorage.caCertRef.name',
      'BackupStorageLocation.spec.objectStorage.caCertRef.optional',
      'Restore.spec.resourcePolicy',
      'Restore.spec.resourcePolicy.apiGroup',
      'Restore.spec.resourcePolicy.kind',
      'Restore.spec.resourcePolicy.name',
    ]],
  ])('%s: %j, each with a capability', (version, added) => {
    const before = fields.get(BUNDLED_RELEASES[BUNDLED_RELEASES.indexOf(version) - 1])!;
    const found = [...fields.get(version)!].filter(field => !before.has(field)).sort();

    expect(found).toEqual(added);
    found.forEach(field => expect(gated.some(capability => field === capability.field || field.startsWith(`${capability.field}.`))).toBe(true));
  });

  test.each(gated.map(({ field, since }): [string, string] => [field!, since!]))('%s is in the definitions from the minor of %s', (field, since) => {
    const minor = since.slice(0, since.lastIndexOf('.') + 1);
    const first = BUNDLED_RELEASES.find(version => fields.get(version)!.has(field))!;

    expect(first.startsWith(minor)).toBe(true);
  });

  test('no field went away', () => {
    BUNDLED_RELEASES.slice(1).forEach((version, index) => {
      const gone = [...fields.get(BUNDLED_RELEASES[index])!].filter(field => !fields.get(version)!.has(field));
      expect(gone).toEqual([]);
    });
  });
});

/** Every field of what users write, from the kind on. */
function specFields(version: string): Set<string> {
  const found = new Set<string>();
  for (const { spec } of releaseOf(version).customResourceDefinitions()) {
    if (['Schedule', 'BackupStorageLocation', 'Restore'].includes(spec.names.kind)) {
      collect(spec.versions[0].schema.openAPIV3Schema.properties.spec, `${spec.names.kind}.spec`, found);
    }
  }
  return found;
}

function collect(schema: any, place: string, found: Set<string>): void {
  found.add(place);
  Object.entries(schema.properties ?? {}).forEach(([name, property]) => collect(property, `${place}.${name}`, found));
  if (schema.items !== undefined) {
    collect(schema.items, `${place}[]`, found);
  }
}
