import { emitted, installed, nodeAgent, object, server } from './installs';
import { type IObjectStoreKeys } from '../../src/storage/object-store-keys';

const KEYS: IObjectStoreKeys = {
  secretName: 'rook-ceph-object-user-store-velero', namespace: 'velero', accessKeyName: 'AccessKey', secretKeyName: 'SecretKey',
};
const VARIABLES = [
  { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'rook-ceph-object-user-store-velero', key: 'AccessKey' } } },
  { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'rook-ceph-object-user-store-velero', key: 'SecretKey' } } },
];

test('server and node-agent get them as variables: plugin and uploaders take them where a location has no credential', () => {
  for (const { containers: [{ env }] } of [server({ objectStoreKeys: KEYS }), nodeAgent({ objectStoreKeys: KEYS })]) {
    expect(env.filter(({ name }: any) => name.startsWith('AWS_') && name.includes('KEY'))).toEqual(VARIABLES);
  }
});

test('nothing else changes', () => {
  const without = emitted();
  const workloads = (objects: any[]) => ['Deployment', 'DaemonSet'].map(kind => object(objects, kind));
  const stripped = workloads(emitted({ objectStoreKeys: KEYS })).map(workload => {
    const [container] = workload.spec.template.spec.containers;
    container.env = container.env.filter(({ name }: any) => !VARIABLES.some(variable => variable.name === name));
    return workload;
  });
  expect(stripped).toEqual(workloads(without));
});

test('a variable of the user wins', () => {
  const { containers: [{ env }] } = server({ objectStoreKeys: KEYS, server: { environment: { AWS_ACCESS_KEY_ID: 'own' } } });
  expect(env.filter(({ name }: any) => name === 'AWS_ACCESS_KEY_ID')).toEqual([{ name: 'AWS_ACCESS_KEY_ID', value: 'own' }]);
});

test.each<[any, string]>([
  [{ ...KEYS, namespace: 'rook-ceph' }, 'objectStoreKeys got "rook-ceph/rook-ceph-object-user-store-velero", wanted a Secret in the install\'s namespace, velero; '
    + 'a pod can take variables from Secrets of its own namespace only'],
  ['keys', 'objectStoreKeys got "keys", wanted keys in a Secret, such as those of an RgwUser'],
  [{ secretName: 'a' }, 'objectStoreKeys got "an object of type Object", wanted keys in a Secret, such as those of an RgwUser'],
])('refuses %j', (objectStoreKeys, message) => {
  expect(() => installed({ objectStoreKeys })).toThrow(message);
});
