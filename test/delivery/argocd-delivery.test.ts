import { readdirSync, readFileSync, rmSync } from 'fs';
import { ApiObject, App, Chart, Duration, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { deliver, emitted, REQUIRED, twoCharts, usual } from './two-charts';
import { ArgoCdDelivery, ArgoCdDeliveryProps, ArgoCdSettings, BackupSchedule, CronExpression, Findings } from '../../src';
import { UsualApp } from '../rules/escape-hatch';
import { ARGOCD_RELEASES, schemaErrors } from '../schema';

const ALL: Required<ArgoCdDeliveryProps> = {
  ...REQUIRED,
  name: 'backups',
  namespace: 'gitops',
  project: 'platform',
  createProject: true,
  destination: { name: 'production' },
  separateDefinitions: false,
  automated: true,
  prune: false,
  selfHeal: false,
  retry: { limit: -1, backoff: Duration.minutes(1), factor: 3, maxBackoff: Duration.hours(1) },
  syncWindows: true,
  backupDuration: Duration.minutes(90),
  permittedKinds: [{ group: 'batch', kind: 'CronJob' }, { kind: 'PersistentVolume', clusterScoped: true }],
  permittedNamespaces: ['scratch'],
};

describe('by default', () => {
  const objects = emitted(deliver(twoCharts()));

  test('two Applications and a project', () => {
    expect(Object.keys(objects)).toEqual(['AppProject velero', 'Application velero-crds', 'Application velero']);
    Object.values(objects).forEach(({ apiVersion, metadata }) => expect([apiVersion, metadata.namespace]).toEqual(['argoproj.io/v1alpha1', 'argocd']));
  });

  test('everything but the definitions is pruned and healed, and tried again', () => {
    expect(objects['Application velero'].spec).toEqual({
      project: 'velero',
      source: { repoURL: 'https://git.example.org/gitops.git', targetRevision: 'main', path: 'clusters/one', directory: { include: 'main.k8s.yaml' } },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'velero' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: 10, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } },
      },
    });
  });

  test('definitions are never pruned', () => {
    expect(objects['Application velero-crds'].spec.source.directory).toEqual({ include: 'crds.k8s.yaml' });
    expect(objects['Application velero-crds'].spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
  });

  test('neither of them takes along what it delivers when it is deleted', () => {
    Object.values(objects).forEach(({ metadata }) => expect(metadata).not.toHaveProperty('finalizers'));
  });

  test('the project permits what is emitted', () => {
    expect(objects['AppProject velero'].spec).toEqual({
      description: 'The backups of the cluster, and nothing else. Written by cdk8s-velero from what is emitted.',
      sourceRepos: ['https://git.example.org/gitops.git'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'velero' }],
      clusterResourceWhitelist: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
      namespaceResourceWhitelist: [{ group: '', kind: 'ConfigMap' }],
    });
  });
});

describe('with all props', () => {
  const app = twoCharts();
  new ApiObject(new Chart(app, 'schedules'), 'a', {
    apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'a', namespace: 'velero' }, spec: { schedule: '0 2 * * *' },
  });
  const delivery = deliver(app, ALL);
  const objects = emitted(delivery);

  test('each is to be seen', () => {
    expect([delivery.applicationName, delivery.projectName, delivery.namespace]).toEqual(['backups', 'platform', 'gitops']);
    expect(Object.keys(objects)).toEqual(['AppProject platform', 'Application backups']);
    expect(objects['Application backups'].spec).toEqual({
      project: 'platform',
      source: {
        repoURL: 'https://git.example.org/gitops.git',
        targetRevision: 'main',
        path: 'clusters/one',
        directory: { include: '{crds.k8s.yaml,main.k8s.yaml,schedules.k8s.yaml}' },
      },
      destination: { name: 'production', namespace: 'velero' },
      ignoreDifferences: [{ group: 'velero.io', kind: 'Schedule', jsonPointers: ['/spec/skipImmediately'] }],
      syncPolicy: {
        automated: { prune: false, selfHeal: false },
        retry: { limit: -1, backoff: { duration: '1m', factor: 3, maxDuration: '1h' } },
      },
    });
    expect(objects['AppProject platform'].spec).toMatchObject({
      destinations: [{ name: 'production', namespace: 'scratch' }, { name: 'production', namespace: 'velero' }],
      clusterResourceWhitelist: [{ group: '', kind: 'PersistentVolume' }, { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
      namespaceResourceWhitelist: [{ group: '', kind: 'ConfigMap' }, { group: 'batch', kind: 'CronJob' }, { group: 'velero.io', kind: 'Schedule' }],
      syncWindows: [{ kind: 'deny', schedule: '0 2 * * *', duration: '1h30m', applications: ['backups'], manualSync: true }],
    });
  });

  test.each(ARGOCD_RELEASES)('and ArgoCD %s knows every field', release => {
    Object.values(objects).forEach(object => expect(schemaErrors(object, `ArgoCD ${release}`)).toEqual([]));
    expect(schemaErrors({ ...objects['Application backups'], spec: { ...objects['Application backups'].spec, sync: {} } }, `ArgoCD ${release}`))
      .toEqual(['spec.sync: unknown field']);
  });
});

test('by hand, with a project of others, without windows', () => {
  const objects = emitted(deliver(twoCharts(), { automated: false, createProject: false, project: 'default', retry: { limit: 0 } }));
  expect(Object.keys(objects)).toEqual(['Application velero-crds', 'Application velero']);
  expect(objects['Application velero'].spec.syncPolicy).toEqual({
    retry: { limit: 0, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } },
  });
  expect(objects['Application velero'].spec.project).toBe('default');
  expect(emitted(deliver(scheduled('0 2 * * *'), { syncWindows: false }))['AppProject velero'].spec).not.toHaveProperty('syncWindows');
});

/** An app with schedules of these expressions. */
function scheduled(...expressions: readonly string[]): App {
  const app = twoCharts();
  const chart = new Chart(app, 'schedules');
  expressions.forEach((schedule, index) => new ApiObject(chart, `s${index}`, {
    apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: `s${index}`, namespace: 'velero' }, spec: { schedule },
  }));
  return app;
}

describe('windows', () => {
  const windows = (...expressions: readonly string[]) => emitted(deliver(scheduled(...expressions)))['AppProject velero'].spec.syncWindows;
  const window = (schedule: string, timeZone?: string) => ({
    kind: 'deny', schedule, duration: '1h', applications: ['velero', 'velero-crds'], manualSync: true, ...(timeZone && { timeZone }),
  });

  test('one an expression, in order', () => {
    expect(windows('0 4 * * 0', '0 */6 * * *', '0 4 * * 0')).toEqual([window('0 */6 * * *'), window('0 4 * * 0')]);
  });

  test('as ArgoCD reads them: the zone apart, and no descriptors', () => {
    expect(windows('@daily', 'CRON_TZ=Europe/Berlin 0 2 * * *', 'TZ=UTC  @weekly', '0  3 * *  1')).toEqual([
      window('0 0 * * *'), window('0 0 * * 0', 'UTC'), window('0 2 * * *', 'Europe/Berlin'), window('0 3 * * 1'),
    ]);
  });

  test('of one expression in several zones are not the same to an ArgoCD that does not look at the zone', () => {
    expect(windows('0 2 * * *', 'CRON_TZ=Europe/Vienna 0 2 * * *', 'CRON_TZ=Asia/Tokyo 0 2 * * *', '0 3 * * *')).toEqual([
      window('0 2 * * *'),
      { ...window('0 2 * * *', 'Asia/Tokyo'), duration: '1h1m' },
      { ...window('0 2 * * *', 'Europe/Vienna'), duration: '1h2m' },
      window('0 3 * * *'),
    ]);
  });

  test('none for what has no time, cannot be read or is paused', () => {
    const app = scheduled('@every 5h', 'often');
    const paused = { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'b', namespace: 'velero' }, spec: { schedule: '0 1 * * *', paused: true } };
    new ApiObject(app.node.findChild('schedules') as Chart, 'paused', paused);
    new ApiObject(app.node.findChild('schedules') as Chart, 'empty', { ...paused, metadata: {}, spec: undefined });
    const delivery = deliver(app);
    expect(emitted(delivery)['AppProject velero'].spec).not.toHaveProperty('syncWindows');
  });

  test('that leave no time for a sync are refused', () => {
    const said = (expression: string, props: Partial<ArgoCdDeliveryProps> = {}) => deliver(scheduled(expression), props).node.validate();
    expect(said('0 * * * *')).toEqual([
      "ArgoCdDelivery 'argocd/delivery': backupDuration got \"1h\", wanted less than 60 minutes, the longest time of a day in which no schedule starts: "
      + 'ArgoCD would never sync by itself; give the time that your backups take, spread the schedules less, or set syncWindows: false',
    ]);
    expect(said('0 * * * *', { syncWindows: false })).toEqual([]);
    expect(said('0 * * * *', { createProject: false })).toEqual([]);
    expect(said('0 * * * *', { backupDuration: Duration.minutes(59) })).toEqual([]);
    expect(said('0 2 * * *', { backupDuration: Duration.hours(24) })).toEqual([expect.stringContaining('less than 1440 minutes')]);
  });
});

describe('the lists of kinds', () => {
  const listed = (...objects: readonly (readonly [string, string, string?, object?])[]) => {
    const app = Testing.app();
    const chart = new Chart(app, 'main');
    objects.forEach(([apiVersion, kind, namespace, more], index) => new ApiObject(chart, `o${index}`, { apiVersion, kind, metadata: { name: 'a', namespace }, ...more }));
    const { spec } = emitted(deliver(app, { separateDefinitions: false }))['AppProject velero'];
    const names = (list: any[]) => list.map(({ group, kind }) => `${group}/${kind}`);
    return [names(spec.clusterResourceWhitelist), names(spec.namespaceResourceWhitelist), spec.destinations.map(({ namespace }: any) => namespace)];
  };

  test('follow what the API server says, not whether a manifest has a namespace', () => {
    expect(listed(['monitoring.coreos.com/v1', 'PrometheusRule'], ['gateway.networking.k8s.io/v1', 'HTTPRoute'], ['bitnami.com/v1alpha1', 'SealedSecret']))
      .toEqual([[], ['bitnami.com/SealedSecret', 'gateway.networking.k8s.io/HTTPRoute', 'monitoring.coreos.com/PrometheusRule'], ['velero']]);
    expect(listed(['snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', 'a'], ['external-secrets.io/v1', 'ClusterSecretStore', 'a'], ['cert-manager.io/v1', 'ClusterIssuer', 'a']))
      .toEqual([['cert-manager.io/ClusterIssuer', 'external-secrets.io/ClusterSecretStore', 'snapshot.storage.k8s.io/VolumeSnapshotClass'], [], ['a']]);
  });

  test('have a kind that nobody knows twice', () => {
    expect(listed(['example.org/v1', 'Thing', 'b'], ['v1', 'ConfigMap', 'velero'])).toEqual([['example.org/Thing'], ['/ConfigMap', 'example.org/Thing'], ['b', 'velero']]);
  });

  test.each(['Cluster', 'Namespaced'])('have it once where its definition is emitted: %s', scope => {
    const crds = 'apiextensions.k8s.io/CustomResourceDefinition';
    const definitionOfThings = { metadata: { name: 'things.example.org' }, spec: { group: 'example.org', names: { kind: 'Thing' }, scope } };
    const [cluster, namespaced] = listed(['apiextensions.k8s.io/v1', 'CustomResourceDefinition', undefined, definitionOfThings], ['example.org/v1', 'Thing', 'velero']);
    expect([cluster, namespaced]).toEqual(scope === 'Cluster' ? [[crds, 'example.org/Thing'], []] : [[crds], ['example.org/Thing']]);
  });
});

describe('an app with an install', () => {
  function app(): UsualApp {
    const made = new UsualApp();
    new ArgoCdDelivery(new Chart(made.app, 'argocd'), 'delivery', { ...REQUIRED, separateDefinitions: false });
    return made;
  }

  test('has nothing wrong', () => {
    expect(Findings.all(app().app).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('a kind that comes later is permitted', () => {
    const { app: made } = app();
    Findings.all(made);
    new ApiObject(new Chart(made, 'more'), 'a', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a', namespace: 'scratch' }, spec: {} });
    const project = ApiObject.of(made.node.findChild('argocd').node.findChild('delivery').node.findChild('Project')).toJson();
    expect(project.spec.namespaceResourceWhitelist).toContainEqual({ group: 'batch', kind: 'CronJob' });
    expect(project.spec.destinations.map(({ namespace }: any) => namespace)).toEqual(['scratch', 'velero']);
  });

  test('a schedule that comes later has its window', () => {
    const { app: made, chart, location } = app();
    Findings.all(made);
    new BackupSchedule(chart, 'weekly', { cron: CronExpression.of('0 5 * * 0'), ttl: Duration.days(90), location, includedNamespaces: ['shop'] });
    const project = ApiObject.of(made.node.findChild('argocd').node.findChild('delivery').node.findChild('Project')).toJson();
    expect(project.spec.syncWindows.map(({ schedule }: any) => schedule)).toEqual(['0 2 * * *', '0 5 * * 0']);
  });

  test('what derives from all objects does not wait for itself', () => {
    const { app: made } = app();
    const project = made.node.findChild('argocd').node.findChild('delivery').node.findChild('Project') as ApiObject;
    const derived = new ApiObject(new Chart(made, 'more'), 'a', {
      ...usual, data: Lazy.any({ produce: () => ({ kinds: String(project.toJson().spec.namespaceResourceWhitelist.length) }) }),
    });
    derived.addJsonPatch(JsonPatch.add('/data/more', 'a'));
    expect(derived.toJson().data).toEqual({ kinds: '9', more: 'a' });
  });
});

test('what ArgoCD is told lies beside the Applications, and is delivered by none', () => {
  const app = twoCharts();
  const delivery = deliver(app);
  new ArgoCdSettings(Chart.of(delivery), 'settings', { argoCdVersion: '3.5' });
  new ArgoCdSettings(new Chart(app, 'elsewhere'), 'settings', { argoCdVersion: '3.5', namespace: 'other' });
  const objects = emitted(delivery);
  expect(Object.keys(objects)).toContain('ConfigMap argocd-cm');
  expect(objects['Application velero'].spec.source.directory.include).toBe('main.k8s.yaml');
});

test('files as they are written', () => {
  const app = twoCharts();
  deliver(app);
  app.synth();
  const files = readdirSync(app.outdir);
  const objects = parseAllDocuments(readFileSync(`${app.outdir}/argocd.k8s.yaml`, 'utf8')).map(document => document.toJS());
  rmSync(app.outdir, { recursive: true });
  expect(files.sort()).toEqual(['argocd.k8s.yaml', 'crds.k8s.yaml', 'main.k8s.yaml']);
  expect(objects.slice(1).map(({ spec }) => spec.source.directory.include)).toEqual(['crds.k8s.yaml', 'main.k8s.yaml']);
});

describe('refuses at once', () => {
  test.each<[string, any, string]>([
    ['no props', undefined, "ArgoCdDelivery 'argocd/delivery': 3 problems\n  - repository: wanted a string\n  - revision: wanted a string\n  - path: wanted a string"],
    ['an unknown prop', { ...REQUIRED, branch: 'main' }, 'branch: wanted a prop that there is'],
    ['a pattern of repositories', { ...REQUIRED, repository: 'https://git.example.org/*' }, 'repository got "https://git.example.org/*", wanted the URL of a repository'],
    ['no revision', { ...REQUIRED, revision: '' }, 'revision got "", wanted a branch, a tag or a commit'],
    ['a path from the root of the computer', { ...REQUIRED, path: '/manifests' }, 'path got "/manifests", wanted a folder from the root of the repository, such as manifests, or .'],
    ['a path out of the repository', { ...REQUIRED, path: 'a/../../b' }, 'path got "a/../../b"'],
    ['two names of a cluster', { ...REQUIRED, destination: { server: 'https://a', name: 'b' } },
      'destination got "https://a and b", wanted a server or a name: ArgoCD refuses an Application with both; leave one out'],
    ['an address that is none', { ...REQUIRED, destination: { server: 'production' } }, 'destination.server got "production", wanted the address of an API server'],
    ['a pattern of clusters', { ...REQUIRED, destination: { name: '*' } }, 'destination.name got "*", wanted the name of a cluster'],
    ['a wrong name', { ...REQUIRED, name: 'Velero' }, 'name got "Velero", wanted at most 253'],
    ['a wrong project', { ...REQUIRED, project: '' }, 'project got "", wanted at most 253'],
    ['a wrong namespace', { ...REQUIRED, namespace: 'a.b' }, 'namespace got "a.b", wanted at most 63'],
    ['a password in the URL', { ...REQUIRED, repository: 'https://user:s3cret@git.example.org/x*.git' },
      "ArgoCdDelivery 'argocd/delivery': repository: wanted a URL without a password or token: it would be written to git; "
      + 'take it out, and give the credential to ArgoCD with argocd repo add, or as a sealed Secret of its own'],
    ['a token in the URL', { ...REQUIRED, repository: 'https://ghp_abc@github.com/a/b.git' }, 'repository: wanted a URL without a password or token'],
    ['a password of a cluster', { ...REQUIRED, destination: { server: 'https://u:s3cret@10.0.0.1' } }, 'destination.server: wanted a URL without a password or token'],
    ['a password of a cluster with a name', { ...REQUIRED, destination: { server: 'https://u:s3cret@10.0.0.1', name: 'a' } },
      'destination.server: wanted a URL without a password or token'],
    ['the project of ArgoCD itself', { ...REQUIRED, project: 'default' },
      "ArgoCdDelivery 'argocd/delivery': project got \"default\", wanted another name: that one is of ArgoCD itself, and every Application of others that belongs "
      + 'to it would be permitted nothing but what is emitted here; name another project, or set createProject: false'],
    ['the same as the name', { ...REQUIRED, name: 'default' }, 'project got "default", wanted another name'],
    ['a name that is too long with -crds', { ...REQUIRED, name: 'x'.repeat(249), project: 'a' },
      'wanted at most 248 characters: the Application of the definitions is named <name>-crds; shorten it, or set separateDefinitions: false'],
    ['windows without a project', { ...REQUIRED, createProject: false, syncWindows: true },
      "ArgoCdDelivery 'argocd/delivery': syncWindows got true, wanted none with createProject: false: the windows are part of the AppProject, "
      + 'and nothing would be written; leave it out, and write the windows in your AppProject'],
    ['no number of retries', { ...REQUIRED, retry: { limit: NaN } }, 'retry.limit got "NaN", wanted a whole number, at least -1'],
    ['a wrong number of retries', { ...REQUIRED, retry: { limit: -2 } }, 'retry.limit got -2, wanted a whole number, at least -1'],
    ['a wrong factor', { ...REQUIRED, retry: { factor: 0.5 } }, 'retry.factor got 0.5, wanted a whole number, at least 1'],
    ['no time between', { ...REQUIRED, retry: { backoff: Duration.millis(5) } }, 'retry.backoff got "0.005s", wanted a whole number of seconds, at least 1'],
    ['a longest time that is shorter', { ...REQUIRED, retry: { backoff: Duration.minutes(2), maxBackoff: Duration.minutes(1) } },
      'retry.maxBackoff got "60s", wanted at least retry.backoff, 120s'],
    ['no time for backups', { ...REQUIRED, backupDuration: Duration.seconds(0) }, 'backupDuration got "0s", wanted a whole number of seconds, at least 1'],
    ['all kinds', { ...REQUIRED, permittedKinds: [{ group: '*', kind: '*' }] }, 'permittedKinds[0] got "*/*", wanted the name of one kind'],
    ['no kind', { ...REQUIRED, permittedKinds: [{ kind: '' }] }, 'permittedKinds[0] got "/", wanted the name of one kind'],
    ['all namespaces', { ...REQUIRED, permittedNamespaces: ['*'] }, 'permittedNamespaces[0] got "*", wanted at most 63'],
  ])('%s', (_, props, message) => {
    expect(() => new ArgoCdDelivery(new Chart(Testing.app(), 'argocd'), 'delivery', props)).toThrow(message);
  });

  test.each([
    'https://org@dev.azure.com/org/project/_git/repo', 'git@git.example.org:team/gitops.git', 'ssh://git@git.example.org:2222/team/gitops.git', 'https://git.example.org:8443/a@b.git',
  ])('but not %s', repository => {
    expect(emitted(deliver(twoCharts(), { repository }))['AppProject velero'].spec.sourceRepos).toEqual([repository]);
  });

  test('and never tells a password', () => {
    const repository = 'https://user:s3cret@git.example.org/x.git';
    let told = '';
    try {
      deliver(twoCharts(), { repository });
    } catch (error) {
      told = String(error);
    }
    expect(told).toContain('repository');
    expect(told).not.toContain('s3cret');
  });

  test('but not the longest name, nor a long one without definitions apart', () => {
    expect(deliver(twoCharts(), { name: 'x'.repeat(248) }).applicationName).toHaveLength(248);
    expect(deliver(twoCharts(), { name: 'x'.repeat(253), separateDefinitions: false }).applicationName).toHaveLength(253);
  });

  test('a second one', () => {
    const app = twoCharts();
    deliver(app);
    expect(() => new ArgoCdDelivery(new Chart(app, 'again'), 'delivery', REQUIRED)).toThrow(
      "ArgoCdDelivery 'again/delivery': ArgoCdDelivery: wanted one in an app: 'argocd/delivery' delivers it already; remove one of them");
  });
});

/** Objects of any kind and namespace, each in one of some charts. */
const objectsInCharts = fc.array(fc.record({
  chart: fc.constantFrom('one', 'two-three', 'four'),
  kind: fc.constantFrom('v1 ConfigMap', 'v1 Namespace', 'apps/v1 Deployment', 'rbac.authorization.k8s.io/v1 ClusterRole', 'storage.k8s.io/v1 StorageClass', 'example.org/v1 Thing'),
  namespace: fc.constantFrom(undefined, 'a', 'b'),
}), { minLength: 1, maxLength: 12 });

const LAYOUTS = [YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

test.each(LAYOUTS)('whatever is emitted, one Application takes it and the project permits it: layout %s', yamlOutputType => {
  fc.assert(fc.property(objectsInCharts, objects => {
    const app = Testing.app({ yamlOutputType });
    const charts = new Map<string, Chart>();
    objects.forEach(({ chart, kind, namespace }, index) => {
      const [apiVersion, name] = kind.split(' ');
      charts.set(chart, charts.get(chart) ?? new Chart(app, chart));
      new ApiObject(charts.get(chart)!, `o${index}`, { apiVersion, kind: name, metadata: { name: `o${index}`, namespace } });
    });
    const delivery = deliver(app, { separateDefinitions: false });
    expect(delivery.node.validate()).toEqual([]);
    expect(Findings.all(app).map(({ id }) => id).filter(id => ['project-refuses', 'object-unreached'].includes(id))).toEqual([]);
    const { path, directory } = emitted(delivery)['Application velero'].spec.source;
    const names = (directory.include ?? path.slice(path.lastIndexOf('/') + 1)).replace(/[{}]|\/\*$/g, '').split(',');
    expect(names.sort()).toEqual([...charts.keys()].map(name => directory.recurse ? name : `${name}.k8s.yaml`).sort());
  }), { numRuns: 40 });
});

test('the Application is the way to what the props do not cover', () => {
  const delivery = deliver(twoCharts());
  ApiObject.of(delivery).addJsonPatch(JsonPatch.add('/spec/revisionHistoryLimit', 3));
  expect(emitted(delivery)['Application velero'].spec.revisionHistoryLimit).toBe(3);
});
