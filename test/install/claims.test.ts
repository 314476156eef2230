import { Chart, Size, Testing } from 'cdk8s';
import { installed, KOPIA, LOCATION } from './installs';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { KopiaRepository } from '../../src/repository/kopia-repository';
import { VolumePolicy } from '../../src/schedule/volume-policy';
import { VolumeAction } from '../../src/schedule/volume-rule';
import { synthesized } from '../synthesized';

const ELSEWHERE: Partial<VeleroInstallProps> = {
  namespace: 'backup',
  repository: { ...KOPIA, password: { ...KOPIA.password, namespace: 'backup' } },
  defaultLocation: { ...LOCATION, namespace: 'backup' },
};

function policy(chart: Chart, name: string): VolumePolicy {
  return new VolumePolicy(chart, 'policy', { name, rules: [{ action: VolumeAction.SKIP }] });
}

function taken(by: string, name: string, owner: string): Error {
  return new Error(
    `ConfigMap '${by}': name got "velero/${name}", wanted a ConfigMap that no other construct declares; '${owner}' has it already: rename or remove one of them`,
  );
}

describe('no other ConfigMap has the name of', () => {
  test.each<[string, Partial<VeleroInstallProps>]>([
    ['node-agent-config', { nodeAgent: { concurrency: 2 } }],
    ['repository-maintenance', { maintenance: { keepLatestJobs: 1 } }],
    ['fs-restore-action-config', { restoreHelper: { runAsUser: 1000 } }],
  ])('%s', (name, props) => {
    const chart = Testing.chart();
    installed(props, chart);
    expect(() => policy(chart, name)).toThrow(taken('test/policy', name, 'test/velero'));
  });

  test('one that is declared later', () => {
    const chart = Testing.chart();
    policy(chart, 'node-agent-config');
    expect(() => installed({ nodeAgent: { concurrency: 2 } }, chart)).toThrow(taken('test/velero', 'node-agent-config', 'test/policy'));
    expect(synthesized(chart).map(({ kind }) => kind)).toEqual(['ConfigMap']);
  });

  test('the settings of the repository', () => {
    const chart = Testing.chart();
    new KopiaRepository(chart, 'repository', { password: KOPIA.password, cacheLimit: Size.gibibytes(1) });
    expect(() => policy(chart, 'backup-repository-config')).toThrow(taken('test/policy', 'backup-repository-config', 'test/repository'));
  });

  test('what an install does not emit stays free', () => {
    const chart = Testing.chart();
    installed({}, chart);
    expect(() => policy(chart, 'node-agent-config')).not.toThrow();
  });
});

describe('of two installs', () => {
  const TWICE = "VeleroInstall 'two/velero': customResourceDefinitions got true, wanted one install that emits the definitions, which are the whole cluster's; "
    + "'one/velero' does already; set customResourceDefinitions: false for all but the install with the newest version";

  test('only one emits the definitions', () => {
    const app = Testing.app();
    installed({}, new Chart(app, 'one'));
    const two = new Chart(app, 'two');
    expect(() => installed({ ...ELSEWHERE, version: VeleroVersion.V1_17_2 }, two)).toThrow(new Error(TWICE));
  });

  test('nor into a chart that both share', () => {
    const app = Testing.app();
    const customResourceDefinitionScope = new Chart(app, 'definitions');
    installed({ customResourceDefinitionScope }, new Chart(app, 'one'));
    expect(() => installed({ ...ELSEWHERE, customResourceDefinitionScope }, new Chart(app, 'two'))).toThrow(new Error(TWICE));
  });

  test('the other leaves them out', () => {
    const app = Testing.app();
    const charts = [new Chart(app, 'one'), new Chart(app, 'two')];
    installed({}, charts[0]);
    installed({ ...ELSEWHERE, customResourceDefinitions: false }, charts[1]);
    expect(charts.map(chart => synthesized(chart).filter(({ kind }) => kind === 'CustomResourceDefinition').length)).toEqual([13, 0]);
  });
});
