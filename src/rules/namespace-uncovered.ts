import { type BackupModel, EXCLUDED_FROM_BACKUP, type Manifest } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'namespace-uncovered',
  severities: ['warning'],
  title: 'A namespace with persistent volumes that no schedule saves',
  goesWrong: 'Velero saves what a schedule names, and tells nobody what none of them does. An application that came later, or a namespace that was renamed, is missed on the day on which '
    + 'it is to be restored. In all versions.',
  fix: `add the namespace to a schedule; or, where its data can be made again, label it ${EXCLUDED_FROM_BACKUP}: "true"`,
  reference: 'https://velero.io/docs/main/resource-filtering/',
  check: model => model.schedules.all.length === 0 ? []
    : [...volumesOf(model)].flatMap(([namespace, { first, names }]) => uncovered(model, namespace, first, names)),
  install: '1.18.3',
  bad: () => `${wiki()}---\n${schedule()}`,
  good: () => `${wiki()}---\n${schedule({ template: { includedNamespaces: '[shop, wiki]' } })}`,
};

function wiki(): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: pages, namespace: wiki }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`;
}

interface Volumes {
  readonly first: Manifest;
  readonly names: Set<string>;
}

/** By namespace: the volumes that its claims, workloads and databases have. Not those of Velero, which makes claims of its own. */
function volumesOf({ claims, workloads, databaseClusters, installs }: BackupModel): Map<string, Volumes> {
  const own = new Set(installs.map(({ namespace }) => namespace));
  const all = new Map<string, Volumes>();
  const add = (manifest: Manifest, ...names: string[]) => {
    if (names.length > 0 && manifest.namespace !== '' && !own.has(manifest.namespace) && manifest.labels[EXCLUDED_FROM_BACKUP] !== 'true') {
      const volumes = all.get(manifest.namespace) ?? { first: manifest, names: new Set<string>() };
      names.forEach(name => volumes.names.add(name));
      all.set(manifest.namespace, volumes);
    }
  };
  claims.all.forEach(({ manifest, name }) => add(manifest, name));
  workloads.all.filter(({ owner }) => owner === undefined).forEach(({ manifest, claimTemplates, pod }) =>
    add(manifest, ...claimTemplates.map(({ name }) => name), ...pod.volumes.map(({ claimName }) => claimName).filter(name => name !== undefined)));
  databaseClusters.all.filter(({ savesItself }) => !savesItself).forEach(({ manifest, name }) => add(manifest, name));
  return all;
}

function uncovered(model: BackupModel, namespace: string, first: Manifest, names: ReadonlySet<string>): Verdict[] {
  const declared = model.namespaces.get('', namespace);
  if (declared?.labels[EXCLUDED_FROM_BACKUP] === 'true' || model.schedulesCovering(namespace).length > 0) {
    return [];
  }
  const some = [...names].slice(0, 3).join(', ') + (names.size > 3 ? ', …' : '');
  return [{ on: declared?.manifest ?? first, what: `namespace ${namespace}`, wanted: `a schedule that saves it: it has persistent volumes (${some})` }];
}
