import { Duration } from 'cdk8s';
import { EmittedFile } from './emitted';
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
  readonly files: readonly EmittedFile[];
  readonly prune: boolean;

  /** Of objects that name none. */
  readonly namespace: string;
}

/** The spec of an Application that delivers some files of the output. */
export function applicationSpec(settings: DeliverySettings, { files, prune, namespace }: ApplicationContents): object {
  const { repository, revision, path, project, destination, automated, selfHeal, retry } = settings;
  return {
    project,
    source: { repoURL: repository, targetRevision: revision, path, directory: { include: including(files) } },
    destination: { ...destination, namespace },
    syncPolicy: {
      // Without automation somebody syncs by hand; allowEmpty stays false: an empty folder is a mistake, and no wish to delete everything.
      automated: automated ? { prune, selfHeal } : undefined,
      // No RespectIgnoreDifferences=true: with it a sync applies what is ignored as ArgoCD last saw it, and every status is. Velero keeps its state
      // there, and its definitions keep no status apart: a sync would write over what it has noted since, and annotate each object with it.
      // A location is Degraded until the credential is unsealed and the bucket is there, and custom resources come before their definitions do.
      retry: {
        limit: retry.limit,
        backoff: { duration: shortGoDuration(retry.backoff), factor: retry.factor, maxDuration: shortGoDuration(retry.maxBackoff) },
      },
    },
    ignoreDifferences: files.some(hasSchedule) ? SCHEDULE_DIFFERENCES : undefined,
  };
}

/**
 * What Velero writes into a Schedule itself, where somebody leaves the field out.
 *
 * @see velero v1.18.3 pkg/controller/schedule_controller.go, Reconcile
 */
const SCHEDULE_DIFFERENCES = [{ group: 'velero.io', kind: 'Schedule', jsonPointers: ['/spec/skipImmediately'] }];

/**
 * The pattern of the files: exactly these, whatever else lies in the folder.
 *
 * @see argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile
 */
function including(files: readonly EmittedFile[]): string {
  const names = files.map(({ name }) => name).sort();
  return names.length === 1 ? names[0] : `{${names.join(',')}}`;
}

function hasSchedule({ objects }: EmittedFile): boolean {
  return objects.some(({ group, kind }) => group === 'velero.io' && kind === 'Schedule');
}
