import {
  type BackupModel, type Container, copiesFiles, type DatabaseCluster, EXCLUDED_FROM_BACKUP, isDeclaredWorkload, maySelect, type PodTemplate,
  savesPods, type Schedule, type Workload,
} from '../model';
import { SAVES_FILES, schedule, skipped } from './examples';
import { voidReason } from './hook-void';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'database-live',
  severities: ['warning'],
  title: 'The data directory of a database is copied file by file while it runs',
  goesWrong: 'A file-system backup reads one file after the other while the database writes to all of them. What comes back is a mixture of moments that no database '
    + 'promises to start from: PostgreSQL misses pages and log, InnoDB finds pages of the future, MongoDB a torn journal. Sometimes it works, so that a restore test tells '
    + 'little; the backup is `Completed` either way. In all versions.',
  fix: 'let a pre hook dump the database into a volume of its own and save only that one (annotation backup.velero.io/backup-volumes or -excludes), '
    + 'or let the operator of the database save it',
  reference: 'https://velero.io/docs/main/backup-hooks/; https://www.postgresql.org/docs/17/backup-file.html',
  check: model => model.schedules.all.length === 0 ? [] : [
    ...model.workloads.all.filter(isDeclaredWorkload).flatMap(workload => live(model, workload)),
    ...model.databaseClusters.all.flatMap(cluster => liveCluster(model, cluster)),
  ],
  install: '1.18.3',
  bad: () => withDatabase(''),
  good: () => withDatabase(`
      annotations:
        pre.hook.backup.velero.io/container: postgres
        pre.hook.backup.velero.io/command: '["/bin/sh", "-ec", "pg_dump -U shop -Fc -f /dump/shop.tmp && mv /dump/shop.tmp /dump/shop"]'
        pre.hook.backup.velero.io/timeout: 30m
        pre.hook.backup.velero.io/on-error: Fail
        backup.velero.io/backup-volumes-excludes: data`),
};

function withDatabase(annotations: string): string {
  return `${schedule({ template: SAVES_FILES })}---
${skipped()}---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: database, namespace: shop }
spec:
  selector: { matchLabels: { app: database } }
  serviceName: database
  template:
    metadata:
      labels: { app: database }${annotations}
    spec:
      containers:
        - name: postgres
          image: postgres:17.2
          volumeMounts:
            - { name: data, mountPath: /var/lib/postgresql/data }
            - { name: dump, mountPath: /dump }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
    - metadata: { name: dump }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
`;
}

interface Database {
  readonly name: string;
  readonly image: RegExp;

  /** Where images of it keep their data. */
  readonly directory: RegExp;

  /** Whether a container of it is in the danger that the rule is about. */
  readonly when?: (container: Container) => boolean;
}

const DATABASES: readonly Database[] = [
  {
    name: 'PostgreSQL',
    image: /^(postgres|postgresql|postgis|timescaledb.*|pgvector|spilo.*|postgresql-repmgr)$/,
    directory: /^\/(var\/lib\/(postgresql|pgsql)|bitnami\/postgresql|home\/postgres)(\/|$)/,
  },
  { name: 'MySQL', image: /^(mysql|mysql-server|mariadb|mariadb-galera|percona|percona-server|percona-xtradb-cluster)$/, directory: /^\/(var\/lib\/mysql|bitnami\/(mysql|mariadb))(\/|$)/ },
  { name: 'MongoDB', image: /^(mongo|mongodb|mongodb-community-server|percona-server-mongodb|mongodb-sharded)$/, directory: /^\/(data|data\/db|bitnami\/mongodb(\/data)?)$/ },
  { name: 'Redis', image: /^(redis|valkey|keydb|redis-stack|redis-stack-server)$/, directory: /^\/(data|bitnami\/(redis|valkey))(\/|$)/, when: appendsToFile },
  { name: 'Elasticsearch', image: /^(elasticsearch|opensearch)$/, directory: /^\/(usr\/share\/(elasticsearch|opensearch)\/data|bitnami\/(elasticsearch|opensearch))(\/|$)/ },
  { name: 'ClickHouse', image: /^(clickhouse|clickhouse-server)$/, directory: /^\/(var\/lib\/clickhouse|bitnami\/clickhouse)(\/|$)/ },
];

/** The other file of Redis is replaced as a whole, so that a copy of it is always one of some moment. */
function appendsToFile({ command, args, env }: Container): boolean {
  return /appendonly\s+yes/.test([...command, ...args].join(' ')) || env.some(({ name, value }) => /^(REDIS|VALKEY)_AOF_ENABLED$/.test(name) && value === 'yes');
}

function live(model: BackupModel, workload: Workload): Verdict[] {
  const data = runs(workload) ? dataVolumes(workload) : [];
  if (data.length === 0 || model.databaseClusters.get(workload.namespace, workload.pod.labels['cnpg.io/cluster'] ?? '')) {
    return [];
  }
  const schedules = copying(model, workload.namespace, workload.pod);
  return data.flatMap(({ database, container, volume }) => {
    const by = schedules.find(each => copiesVolume(model, each, workload, volume) && !dumps(each, workload.namespace, workload.pod, container));
    return by === undefined ? [] : [{
      on: workload.manifest,
      what: `volume ${volume}`,
      wanted: `${database} dumped by a pre hook into another volume: ${by.name} copies its files while it runs, which is no moment that it can start from`,
    }];
  });
}

/** As a server does, for ever. */
function runs({ kind, replicas }: Workload): boolean {
  return replicas !== 0 && kind !== 'Job' && kind !== 'CronJob';
}

interface DataVolume {
  readonly database: string;
  readonly container: Container;
  readonly volume: string;
}

function dataVolumes({ pod, claimTemplates }: Workload): DataVolume[] {
  const claims = new Set([...claimTemplates, ...pod.volumes.filter(({ claimName }) => claimName)].map(({ name }) => name));
  return pod.containers.flatMap(container => {
    const database = DATABASES.find(({ image, when }) => image.test(container.image?.name ?? '') && (when?.(container) ?? true));
    const mounts = database === undefined ? [] : container.mounts.filter(({ path, readOnly }) => !readOnly && database.directory.test(path));
    return mounts.filter(({ volume }) => claims.has(volume)).map(({ volume }) => ({ database: database!.name, container, volume }));
  });
}

/** The schedules that save such pods. */
function copying(model: BackupModel, namespace: string, { labels }: Pick<PodTemplate, 'labels'>): readonly Schedule[] {
  return model.schedulesCovering(namespace).filter(({ paused, template }) => !paused && savesPods(template, labels));
}

function copiesVolume(model: BackupModel, by: Schedule, { pod, namespace: own, claimTemplates }: Workload, volume: string): boolean {
  const treatment = model.volumeTreatmentOf(by.namespace, by.template);
  const claimName = pod.volumes.find(({ name }) => name === volume)?.claimName;
  const claim = claimTemplates.find(({ name }) => name === volume) ?? (claimName ? model.claims.get(own, claimName) : undefined);
  return treatment !== undefined && claim?.labels[EXCLUDED_FROM_BACKUP] !== 'true' && copiesFiles(treatment, pod, volume, claim);
}

/** Whether a hook may dump the database: any command that is not known to be void. The annotations of a pod replace the hooks of the backup. */
function dumps({ template }: Schedule, namespace: string, { labels, hooks: annotated }: Pick<PodTemplate, 'labels' | 'hooks'>, container?: Container): boolean {
  const own = annotated.filter(({ phase }) => phase === 'pre');
  const given = template.hooks.filter(resource => maySelect(resource, namespace, labels)).flatMap(({ hooks }) => hooks.filter(({ phase }) => phase === 'pre'));
  return (own.length > 0 ? own : given).some(hook => voidReason(hook, container) === undefined);
}

/** The pods that CloudNativePG makes: each has its data in the volume pgdata. */
function liveCluster(model: BackupModel, { manifest, namespace, name, savesItself }: DatabaseCluster): Verdict[] {
  const inherited = manifest.spec.object('inheritedMetadata');
  const labels = { ...inherited.stringMap('labels'), 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' };
  const annotations = inherited.stringMap('annotations');
  if (savesItself || Object.keys(annotations).some(key => key.startsWith('pre.hook.backup.velero.io/'))) {
    return [];
  }
  const claim = { labels, storageClass: manifest.spec.object('storage').string('storageClass') };
  const pod = { labels, annotations, hooks: [] };
  const by = copying(model, namespace, pod).find(each => {
    const treatment = model.volumeTreatmentOf(each.namespace, each.template);
    return treatment !== undefined && copiesFiles(treatment, pod, 'pgdata', claim) && !dumps(each, namespace, pod);
  });
  return by === undefined ? [] : [{
    on: manifest,
    what: 'volume pgdata',
    wanted: `PostgreSQL saved by CloudNativePG itself, or dumped: ${by.name} copies its files while it runs, which is no moment that it can start from`,
    next: 'give it a backup to an object store and keep its pods and claims out of Velero with the label velero.io/exclude-from-backup in inheritedMetadata',
  }];
}
