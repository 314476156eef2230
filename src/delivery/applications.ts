import { posix } from 'path';
import { Duration } from 'cdk8s';
import { EmittedChart } from './emitted';
import { shortGoDuration } from '../versions';

/** What the Applications of one delivery have in common. */
export interface DeliverySettings {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
  readonly project: string;
  readonly destination: { readonly server?: string; readonly name?: string };
  readonly automated: boolean;
  readonly selfHeal: boolean;
  readonly retry: { readonly limit: number; readonly backoff: Duration; readonly factor: number; readonly maxBackoff: Duration };
}

/** What differs between them. */
export interface ApplicationContents {
  readonly charts: readonly EmittedChart[];
  readonly prune: boolean;

  /** Of objects that name none. */
  readonly namespace: string;
}

/** The spec of an Application that delivers some charts of the app. */
export function applicationSpec(settings: DeliverySettings, { charts, prune, namespace }: ApplicationContents): object {
  const { repository, revision, path, project, destination, automated, selfHeal, retry } = settings;
  return {
    project,
    source: { repoURL: repository, targetRevision: revision, ...contentsOf(path, charts) },
    destination: { ...destination, namespace },
    syncPolicy: {
      // Without automation somebody syncs by hand; allowEmpty stays false: an empty folder is a mistake, and no wish to delete everything.
      automated: automated ? { prune, selfHeal } : undefined,
      // No RespectIgnoreDifferences=true: with it ArgoCD before 3.3.19, 3.4.13 and 3.5.0 applies what is ignored as it last saw it, and every
      // status is. Velero keeps its state there, and its definitions keep no status apart: a sync would write over what it has noted since,
      // and annotate each object with it.
      // A location is Degraded until the credential is unsealed and the bucket is there, and custom resources come before their definitions do.
      retry: {
        limit: retry.limit,
        backoff: { duration: shortGoDuration(retry.backoff), factor: retry.factor, maxDuration: shortGoDuration(retry.maxBackoff) },
      },
    },
    ignoreDifferences: charts.some(hasSchedule) ? SCHEDULE_DIFFERENCES : undefined,
  };
}

/**
 * What Velero writes into a Schedule itself, where somebody leaves the field out.
 *
 * @see velero v1.18.3 pkg/controller/schedule_controller.go, Reconcile
 */
const SCHEDULE_DIFFERENCES = [{ group: 'velero.io', kind: 'Schedule', jsonPointers: ['/spec/skipImmediately'] }];

/**
 * Exactly the files or the folders of the charts, whatever else lies beside them.
 *
 * A folder that an Application has alone is its path, so that it need not be named in a pattern; `recurse` says that it is a directory: one that says
 * nothing ArgoCD takes for a chart or a kustomization when it finds one there. In a pattern of ArgoCD a star goes over slashes.
 *
 * @see argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile; util/argo/argo.go, NormalizeSource
 */
function contentsOf(path: string, charts: readonly EmittedChart[]): { readonly path: string; readonly directory: object } {
  const names = charts.map(({ output }) => output.name).sort();
  const listed = names.length === 1 ? names[0] : `{${names.join(',')}}`;
  if (!charts.some(({ output }) => output.isFolder)) {
    return { path, directory: { include: listed } };
  }
  return names.length === 1 ? { path: posix.join(path, names[0]), directory: { recurse: true } } : { path, directory: { recurse: true, include: `${listed}/*` } };
}

function hasSchedule({ objects }: EmittedChart): boolean {
  return objects.some(({ group, kind }) => group === 'velero.io' && kind === 'Schedule');
}
