/** How ArgoCD is to see the health of a kind. */
export interface HealthCheck {
  readonly group: string;
  readonly kind: string;

  /** Lua that reads `obj` and returns a table with `status` and `message`, as ArgoCD runs it: no library but `table` and a part of `os`. */
  readonly lua: string;

  /** The first minor of ArgoCD whose own check says the same. Absent where it has none, or one that is wrong for us. */
  readonly builtInSince?: string;
}

/** What ArgoCD takes for the end of a wave is Healthy alone; Suspended it waits for, for ever: gitops-engine pkg/sync/sync_context.go, Sync. */
const LOCATION = `hs = { status = "Progressing", message = "Velero has not looked at the location yet" }
if obj.status ~= nil and obj.status.phase ~= nil and obj.status.phase ~= "" then
  hs.message = obj.status.message or obj.status.phase
  if obj.status.phase == "Available" then
    hs.status = "Healthy"
  else
    hs.status = "Degraded"
  end
end
return hs
`;

/**
 * Velero never looks at a paused schedule: one that was paused from the beginning has no phase. The check of ArgoCD takes that for progress, and the
 * sync would wait for ever.
 *
 * @see velero v1.18.3 pkg/controller/schedule_controller.go, SetupWithManager
 */
const SCHEDULE = `hs = { status = "Progressing", message = "Velero has not read the schedule yet" }
local phase = nil
if obj.status ~= nil then
  phase = obj.status.phase
end
if phase == "FailedValidation" then
  hs.status = "Degraded"
  hs.message = table.concat(obj.status.validationErrors or {}, "; ")
elseif obj.spec ~= nil and obj.spec.paused == true then
  hs.status = "Healthy"
  hs.message = "paused: no backups are made"
elseif phase == "Enabled" then
  hs.status = "Healthy"
  hs.message = phase
end
return hs
`;

const FAILED = '{ Failed = true, FailedValidation = true, PartiallyFailed = true, WaitingForPluginOperationsPartiallyFailed = true, FinalizingPartiallyFailed = true }';

/** Backups and restores have the same phases. */
const RUN = `local failed = ${FAILED}
hs = { status = "Progressing", message = "Velero has not begun yet" }
if obj.status ~= nil and obj.status.phase ~= nil and obj.status.phase ~= "" then
  hs.message = obj.status.phase
  if obj.status.phase == "Completed" then
    hs.status = "Healthy"
  elseif failed[obj.status.phase] then
    hs.status = "Degraded"
    local reasons = obj.status.validationErrors or {}
    hs.message = obj.status.failureReason or (#reasons > 0 and table.concat(reasons, "; ")) or obj.status.phase
  end
end
return hs
`;

/** Phases by which a controller tells that it is done, or cannot be; any other says that it is at work. */
interface Phases {
  readonly waiting: string;
  readonly healthy: string;
  readonly degraded: string;

  /** What to look at where it is degraded. */
  readonly advice?: string;
}

function byPhase({ waiting, healthy, degraded, advice }: Phases): string {
  return `hs = { status = "Progressing", message = "${waiting}" }
if obj.status ~= nil and obj.status.phase ~= nil and obj.status.phase ~= "" then
  hs.message = obj.status.phase
  if obj.status.phase == "${healthy}" then
    hs.status = "Healthy"
  elseif obj.status.phase == "${degraded}" then
    hs.status = "Degraded"${advice === undefined ? '' : `\n    hs.message = "${degraded}: ${advice}"`}
  end
end
return hs
`;
}

const USER = byPhase({
  waiting: 'Rook has not made the user yet',
  healthy: 'Ready',
  degraded: 'ReconcileFailed',
  advice: 'the events of the user and the log of the Rook operator say why',
});
const STORE = byPhase({ waiting: 'Rook has not made the object store yet', healthy: 'Ready', degraded: 'Failure' });
const BUCKET = byPhase({ waiting: 'nobody has made the bucket yet', healthy: 'Bound', degraded: 'Failed' });

/** What Velero's checks of ArgoCD's own came with: for Backup, Restore and Schedule. */
const VELERO_SINCE = '3.6';

/** What Rook's checks of ArgoCD's own came with. The bucket: lib-bucket-provisioner, objectbucketclaim_types.go. */
const ROOK_SINCE = '3.3';

/**
 * The kinds that a wave waits for only with a check.
 *
 * Up to 3.5 ArgoCD has none for the kinds of Velero. With 3.6 come some: those for Backup and Restore give the same status as these, and that for
 * Schedule waits for ever for paused ones. There is none for locations and for users of an object store.
 *
 * @see argo-cd v3.5.1 resource_customizations, and v3.6.1 resource_customizations/velero.io
 */
export const HEALTH_CHECKS: readonly HealthCheck[] = [
  { group: 'velero.io', kind: 'BackupStorageLocation', lua: LOCATION },
  { group: 'velero.io', kind: 'Schedule', lua: SCHEDULE },
  { group: 'velero.io', kind: 'Backup', lua: RUN, builtInSince: VELERO_SINCE },
  { group: 'velero.io', kind: 'Restore', lua: RUN, builtInSince: VELERO_SINCE },
  { group: 'ceph.rook.io', kind: 'CephObjectStoreUser', lua: USER },
  { group: 'ceph.rook.io', kind: 'CephObjectStore', lua: STORE, builtInSince: ROOK_SINCE },
  { group: 'objectbucket.io', kind: 'ObjectBucketClaim', lua: BUCKET, builtInSince: ROOK_SINCE },
];
