import { judged, told } from './judged';
import { BackupModel } from '../../src/model';
import { judge, RULES } from '../../src/rules';
import { schedule } from '../../src/rules/examples';

const [broken] = RULES;

/** A rule with a fault in it. */
function breakRule(): void {
  jest.spyOn(broken, 'check').mockImplementation(() => {
    throw new TypeError('x is undefined');
  });
}

afterEach(() => jest.restoreAllMocks());

test('a rule that throws is an error that names it, and the others are heard', () => {
  breakRule();
  expect(told(judged(schedule({ spec: { skipImmediately: 'true' } })))).toEqual([
    `error ${broken.id} Schedule velero/nightly: rule ${broken.id} got "TypeError: x is undefined", wanted a verdict`,
    'error skip-immediately Schedule velero/nightly: spec.skipImmediately got true, wanted false: Velero takes true back, and every sync skips another run',
  ]);
});

test('with nothing to name, it throws', () => {
  breakRule();
  expect(() => judge(BackupModel.of([]))).toThrow('x is undefined');
});

test.each([
  ['a reason', undefined, 'both are small', []],
  ['no reason', 'schedules-collide', '" "', ['annotation cdk8s-velero/acknowledge.schedules-collide got " ", wanted a reason']],
])('a warning with %s', (_, id, reason, idle) => {
  const yaml = ['a', 'b'].map(name => schedule({ name, template: { includedNamespaces: `[${name}]` }, annotations: { 'cdk8s-velero/acknowledge.schedules-collide': reason } })).join('---\n');
  const server = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: velero, namespace: velero }\nspec: { template: { spec: { containers: '
    + '[{ image: "velero/velero:v1.17.2", args: [server, --uploader-type=kopia], env: [{ valueFrom: { secretKeyRef: { name: velero-repo-credentials } } }] }] } } }\n';
  const judgements = judged(`${yaml}---\n${server}`);
  expect(judgements.filter(({ rule, acknowledged }) => rule.severities[0] === 'warning' && rule.id !== 'acknowledgement-idle' && acknowledged === undefined)
    .map(({ rule }) => rule.id)).toEqual(id === undefined ? [] : [id]);
  expect(told(judgements, 'acknowledgement-idle').filter(line => line.includes('velero/a:')).map(line => line.replace(/^.*?: /, ''))).toEqual(idle);
});

test('a backup of a cluster has the annotations of its schedule: they are not idle', () => {
  const backup = 'apiVersion: velero.io/v1\nkind: Backup\nmetadata:\n  name: b\n  labels: { velero.io/schedule-name: nightly }\n'
    + '  annotations: { cdk8s-velero/acknowledge.schedules-collide: small }\n';
  expect(told(judged(backup))).toEqual([]);
});
