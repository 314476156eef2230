import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { server } from '../../src/rules/examples';

escapeHatch('server-not-single', usual => () => usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/spec/replicas', 2)));

const USUAL = server('1.18.3', '--uploader-type=kopia');
const ON = 'error server-not-single Deployment velero/velero: ';

test.each([
  ['no strategy, as velero install', USUAL.replace('  strategy: { type: Recreate }\n', ''),
    [`${ON}spec.strategy.type got undefined, wanted Recreate: RollingUpdate, the default, starts the new server beside the old one, and it fails the backup that runs there`]],
  ['a rolling one', USUAL.replace('type: Recreate', 'type: RollingUpdate'),
    [`${ON}spec.strategy.type got "RollingUpdate", wanted Recreate: RollingUpdate starts the new server beside the old one, and it fails the backup that runs there`]],
  ['two', USUAL.replace('replicas: 1', 'replicas: 2'), [`${ON}spec.replicas got 2, wanted 1: servers elect no leader, and each works on every backup`]],
  ['none', USUAL.replace('replicas: 1', 'replicas: 0'), [`${ON}spec.replicas got 0, wanted 1: without a server nothing is saved, restored or expired`]],
  ['no number of them is one', USUAL.replace('  replicas: 1\n', ''), []],
  ['two Deployments', [USUAL, USUAL.replace('name: velero,', 'name: spare,')].join('---\n'),
    ['error server-not-single Deployment velero/spare: server got undefined, wanted one server in the namespace velero: Deployment velero/velero is one too']],
  ['the same object twice', [USUAL, USUAL].join('---\n'), []],
  ['of two installations', [USUAL, USUAL.replaceAll('namespace: velero', 'namespace: other')].join('---\n'), []],
])('%s', (_, yaml, expected) => {
  expect(told(judged(yaml), 'server-not-single')).toEqual(expected);
});
