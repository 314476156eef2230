import { BUNDLED_RELEASES, IMAGE_USER, LISTED_TOLERATIONS, releaseOf, releaseOfImage, VELERO_MINORS } from '../../src/versions';

const MINORS = '1.14, 1.15, 1.16, 1.17, 1.18';

test('knows five minors by their newest patch', () => {
  expect(VELERO_MINORS).toEqual(['1.14', '1.15', '1.16', '1.17', '1.18']);
  expect(BUNDLED_RELEASES).toEqual(['1.14.1', '1.15.2', '1.16.2', '1.17.2', '1.18.3']);
});

test.each(['1.14.0', '1.15.1', '1.16.1', '1.18.3', '1.18.17'])('takes any patch of a known minor: %s', version => {
  const release = releaseOf(version);

  expect(release.version).toBe(version);
  expect(release.minor).toBe(version.slice(0, 4));
});

test('answers a second question from memory', () => {
  expect(releaseOf('1.16.1')).toBe(releaseOf('1.16.1'));
  expect(releaseOf('1.16.1').serverFlags).toBe(releaseOf('1.16.1').serverFlags);
  expect(releaseOf('1.16.1').nodeAgentMetrics).toBe(releaseOf('1.16.1').nodeAgentMetrics);
  expect([releaseOf('1.16.1').has('backup-queue'), releaseOf('1.16.1').has('backup-queue')]).toEqual([false, false]);
});

test.each(['v1.16.1', '1.18.0-rc.1', '1.16', '1.16.1.0', '1.16.01', ' 1.16.1', '1.16.1\n', '', 'latest', 'main', '1,16,1'])('refuses what is no version: %j', version => {
  expect(() => releaseOf(version)).toThrow(new Error(
    `VeleroVersion: version got ${JSON.stringify(version)}, wanted three numbers as in "1.16.1", without "v" and suffix, of a known minor: ${MINORS}; `
    + 'write the version of a release',
  ));
});

test.each(['1.13.0', '1.19.0', '2.14.1', '0.1.14', '1.140.0', '11.4.0'])('refuses an unknown minor: %s', version => {
  expect(() => releaseOf(version)).toThrow(new Error(
    `VeleroVersion: version got "${version}", wanted a patch of a known minor: ${MINORS}; take one of them, flags and definitions of others are not known`,
  ));
});

test.each([
  ['1.14.0', ['restic', 'kopia']],
  ['1.14.1', ['restic', 'kopia']],
  ['1.15.2', ['restic', 'kopia']],
  ['1.16.2', ['restic', 'kopia']],
  ['1.17.0', ['kopia']],
  ['1.17.2', ['kopia']],
  ['1.18.3', ['kopia']],
])('%s writes new backups with %j and restores what either wrote', (version, uploaders) => {
  expect(releaseOf(version).uploaders).toEqual(uploaders);
  expect(releaseOf(version).restorableUploaders).toEqual(['restic', 'kopia']);
});

test.each([
  ['1.14.0', 'velero/velero-restore-helper:v1.14.0', '1.10.1'],
  ['1.14.1', 'velero/velero-restore-helper:v1.14.1', '1.10.1'],
  ['1.15.2', 'velero/velero-restore-helper:v1.15.2', '1.11.1'],
  ['1.16.0', undefined, '1.12.2'],
  ['1.16.2', undefined, '1.12.2'],
  ['1.17.2', undefined, '1.13.2'],
  ['1.18.3', undefined, '1.14.0'],
])('%s: images', (version, restoreHelper, plugin) => {
  expect(releaseOf(version).images).toEqual({
    server: `velero/velero:v${version}`,
    ...(restoreHelper && { restoreHelper }),
    pluginForAws: `velero/velero-plugin-for-aws:v${plugin}`,
  });
  expect(releaseOf(version).pluginVersion).toBe(plugin);
});

test('the images run as a user of which Kubernetes needs the number', () => {
  expect(IMAGE_USER).toEqual({ name: 'cnb', uid: 1002, gid: 1000 });
});

test('tolerations that Velero lists', () => {
  expect(LISTED_TOLERATIONS.keys).toEqual(['kubernetes.azure.com/scalesetpriority', 'CriticalAddonsOnly']);
  expect(LISTED_TOLERATIONS.source).toMatch(/go:\d+/);
});

const DIGEST = `@sha256:${'0'.repeat(64)}`;

test.each([
  ['velero/velero:v1.16.1', '1.16.1'],
  ['registry.example:5000/velero:1.16', '1.16'],
  ['velero:v1.16.1-2', '1.16.1'],
  [`velero/velero:v1.16.1${DIGEST}`, '1.16.1'],
  [`registry.example:5000/velero${DIGEST}`, undefined],
  ['registry.example:5000/velero', undefined],
  ['velero/velero', undefined],
  ['velero/velero:latest', undefined],
  ['velero/velero:v1', undefined],
  ['velero/velero:2026.1.0', undefined],
  ['velero/velero:1.16.1.4', undefined],
])('the image %s is of the release %s', (image, release) => {
  expect(releaseOfImage(image)).toBe(release);
});

const NAMES = [
  'backuprepositories', 'backups', 'backupstoragelocations', 'datadownloads', 'datauploads', 'deletebackuprequests', 'downloadrequests',
  'podvolumebackups', 'podvolumerestores', 'restores', 'schedules', 'serverstatusrequests', 'volumesnapshotlocations',
].map(plural => `${plural}.velero.io`);

test.each(BUNDLED_RELEASES)('%s: thirteen definitions, complete but for descriptions', version => {
  const definitions = releaseOf(version).customResourceDefinitions();

  expect(definitions.map(({ metadata }) => metadata.name)).toEqual(NAMES);
  for (const definition of definitions) {
    expect(Object.keys(definition).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(Object.keys(definition.metadata).sort()).toEqual(['annotations', 'name']);
    expect(JSON.stringify(definition.spec.versions[0].schema)).not.toContain('"description":"');
  }
});

test('a patch has the definitions of the newest bundled patch of its minor', () => {
  const properties = (version: string) =>
    releaseOf(version).customResourceDefinitions()[9].spec.versions[0].schema.openAPIV3Schema.properties.spec.properties;

  expect(properties('1.18.0')).toHaveProperty('resourcePolicy');
  expect(properties('1.17.0')).not.toHaveProperty('resourcePolicy');
});

test('who changes a definition changes his copy', () => {
  releaseOf('1.18.3').customResourceDefinitions()[0].metadata.name = 'changed';

  expect(releaseOf('1.18.3').customResourceDefinitions()[0].metadata.name).toBe('backuprepositories.velero.io');
});
