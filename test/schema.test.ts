import { hasSchema, schemaErrors } from './schema';

const schedule = (spec: object) => ({
  apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'daily', namespace: 'velero' }, spec: { schedule: '@daily', template: {}, ...spec },
});
const location = (spec: object) => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name: 'default' },
  spec: { provider: 'aws', objectStorage: { bucket: 'backups' }, ...spec },
});

test('accepts what the API server accepts', () => {
  expect(schemaErrors(schedule({ template: { ttl: '168h0m0s', labelSelector: null, metadata: { labels: { a: 'b' } }, snapshotVolumes: undefined } }), '1.14.1'))
    .toEqual([]);
  expect(schemaErrors(location({ config: { region: 'x' }, credential: { name: 'a', key: 'b' }, accessMode: 'ReadWrite' }), '1.18.3')).toEqual([]);
});

test.each([
  ['an unknown field', schedule({ template: { retention: '7d' } }), ['spec.template.retention: unknown field']],
  ['an unknown field of metadata', { ...schedule({}), metadata: { name: 'a', label: {} } }, ['metadata.label: unknown field']],
  ['a field at the top', { ...schedule({}), template: {} }, ['template: unknown field']],
  ['a wrong type', schedule({ paused: 'true' }), ['spec.paused: must be boolean']],
  ['a missing field', schedule({ schedule: undefined }), ["spec: must have required property 'schedule'"]],
  ['a label that is no string', schedule({ template: { metadata: { labels: { a: 1 } } } }), ['spec.template.metadata.labels.a: must be string']],
  ['null where it is not allowed', schedule({ template: { ttl: null } }), ['spec.template.ttl: must be string']],
  ['an unknown value', location({ accessMode: 'WriteOnly' }), ['spec.accessMode: must be equal to one of the allowed values ["ReadOnly","ReadWrite"]']],
  ['what is no base64', location({ objectStorage: { bucket: 'b', caCert: '-----BEGIN' } }), ['spec.objectStorage.caCert: must match format "byte"']],
  ['a number that is no integer', schedule({ template: { uploaderConfig: { parallelFilesUpload: 1.5 } } }),
    ['spec.template.uploaderConfig.parallelFilesUpload: must be integer']],
])('refuses %s', (_, object, errors) => {
  expect(schemaErrors(object, '1.16.2')).toEqual(errors);
});

test('goes by the version', () => {
  const referring = location({ objectStorage: { bucket: 'b', caCertRef: { name: 'ca', key: 'ca.crt' } } });

  expect(schemaErrors(referring, '1.18.3')).toEqual([]);
  expect(schemaErrors(referring, '1.17.2')).toEqual(['spec.objectStorage.caCertRef: unknown field']);
});

test('knows SealedSecret in every version', () => {
  const sealed = {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'a' },
    spec: { encryptedData: { cloud: 'AgB' }, template: { metadata: { name: 'a' }, data: null, typ: 'Opaque' } },
  };

  expect(schemaErrors(sealed, '1.14.1')).toEqual(['spec.template.typ: unknown field']);
});

test('tells what it has no definition of', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };

  expect(hasSchema(pod, '1.18.3')).toBe(false);
  expect(hasSchema(schedule({}), '1.18.3')).toBe(true);
  expect(schemaErrors(pod, '1.18.3')).toEqual(['no definition of v1 Pod in Velero 1.18.3']);
});
