import { mkdtempSync, readdirSync, readFileSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Duration, Testing, YamlOutputType } from 'cdk8s';
import { deliver, emitted, twoCharts, usual } from './two-charts';
import { homelab } from '../../examples/homelab/chart';
import { BackupStorageLocation, BackupTier, ExistingCredential, ObjectStore, TieredSchedule } from '../../src';
import { outputFile } from '../../src/findings/output-file';
import { call } from '../cli/calls';

/** All rules on a whole system, on a machine with much else to do. */
const LONG = 30_000;

const { FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE: FOLDERS } = YamlOutputType;

/** What an app writes, by file. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(folder, name)).isFile());
  return new Map(names.sort().map(name => [name, readFileSync(join(folder, name), 'utf8')]));
}

function sources(app: App, path = 'clusters/one') {
  const objects = emitted(deliver(app, { path }));
  return ['velero-crds', 'velero'].map(name => objects[`Application ${name}`].spec.source).map(({ path: folder, directory }) => [folder, directory]);
}

describe('a folder a chart', () => {
  test('is the path of an Application that has no other', () => {
    expect(sources(twoCharts(FOLDERS))).toEqual([['clusters/one/crds', { recurse: true }], ['clusters/one/main', { recurse: true }]]);
  });

  test('is named beside others of the same Application', () => {
    const app = twoCharts(FOLDERS);
    new ApiObject(new Chart(app, 'a'), 'a', usual);
    expect(sources(app)).toEqual([['clusters/one/crds', { recurse: true }], ['clusters/one', { recurse: true, include: '{a,main}/*' }]]);
  });

  test.each([['.', 'crds'], ['./', 'crds'], ['manifests/', 'manifests/crds'], ['./manifests', 'manifests/crds']])('in the folder %j of the repository', (path, expected) => {
    expect(sources(twoCharts(FOLDERS), path)[0][0]).toBe(expected);
  });
});

/** The homelab in some layout, as it is in git: with its folder in the repository. */
function synthesizedHomelab(yamlOutputType: YamlOutputType): string {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  const outdir = join(folder, 'velero/manifests');
  const app = new App({ yamlOutputType, outdir });
  homelab(app);
  app.synth();
  return folder;
}

describe('the homelab', () => {
  const folder = synthesizedHomelab(FOLDERS);
  const files = filesOf(join(folder, 'velero/manifests'));

  test('has a folder for each chart and a file for each object, where findings say it is', () => {
    const app = new App({ yamlOutputType: FOLDERS });
    homelab(app);
    const said = app.node.findAll().filter(each => ApiObject.isApiObject(each)).map(each => outputFile(each));
    expect([...files.keys()]).toEqual(said.sort());
    expect(said).toEqual(expect.arrayContaining([
      'argocd/Application.velero-crds.k8s.yaml', 'argocd-settings/ConfigMap.argocd-cm.k8s.yaml', 'tier-0/Schedule.tier0-keycloak.k8s.yaml', 'velero/Deployment.velero.k8s.yaml',
    ]));
  });

  describe('is found by check like the usual layout', () => {
    const found = async (seen: string) => {
      const { code, stdout } = await call(['check', '--format', 'json', seen]);
      return [code, ...JSON.parse(stdout).findings.map(({ id, object, acknowledged }: any) => `${id} ${object} ${acknowledged !== undefined}`).sort()];
    };
    let usualLayout: unknown[];
    beforeAll(async () => {
      usualLayout = await found(synthesizedHomelab(FILE_PER_CHART));
    }, LONG);

    test.each(['', 'velero', 'velero/manifests'])('from %j of the repository', async seen => {
      expect(await found(join(folder, seen))).toEqual(usualLayout);
    }, LONG);
  });
});

describe('an application more in a tier', () => {
  /** A tier of some applications, delivered. */
  function written(yamlOutputType: YamlOutputType, ...applications: readonly string[]): Map<string, string> {
    const app = Testing.app({ yamlOutputType });
    const chart = new Chart(app, 'velero');
    const credential = ExistingCredential.fromSecret(chart, 'credential', 'velero-s3-credentials', 'cloud');
    const location = new BackupStorageLocation(chart, 'offsite', { objectStore: ObjectStore.aws({ region: 'eu-central-1' }), bucket: 'backups', credential });
    const tier = BackupTier.of({ name: 'tier-1', rpo: Duration.hours(24), rto: Duration.hours(4), retention: Duration.days(30) });
    new TieredSchedule(new Chart(app, 'tier-1'), 'tier', { tier, location, applications: applications.map(name => ({ name })) });
    deliver(app, { separateDefinitions: false });
    app.synth();
    return filesOf(app.outdir);
  }

  function changed(yamlOutputType: YamlOutputType): readonly string[] {
    const before = written(yamlOutputType, 'wiki', 'forum');
    const after = written(yamlOutputType, 'wiki', 'chat', 'forum');
    return [...new Set([...before.keys(), ...after.keys()])].filter(name => before.get(name) !== after.get(name));
  }

  beforeEach(() => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => jest.restoreAllMocks());

  test('is a new file and another window, and nothing else moves', () => {
    expect(changed(FOLDERS)).toEqual(['argocd/AppProject.velero.k8s.yaml', 'tier-1/Schedule.tier1-chat.k8s.yaml']);
  });

  test('is a document more in the usual layout', () => {
    expect(changed(FILE_PER_CHART)).toEqual(['argocd.k8s.yaml', 'tier-1.k8s.yaml']);
  });
});
