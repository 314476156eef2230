import type { CapabilityFact } from './capabilities';

/** What decides which Schedules and volume policies can be written. */
export const SCHEDULE_CAPABILITIES = {
  'cron-time-zone': {
    since: '1.15.0',
    description: 'a time zone in a cron expression (robfig/cron v3)',
    source: 'velero v1.15.2 go.mod: github.com/robfig/cron/v3 v3.0.1; v1.14.1: github.com/robfig/cron v1.1.0',
  },
  'cron-either-day': {
    until: '1.18.3',
    description: 'a cron expression in which either the day of month or the day of week is enough (robfig/cron; go-cron wants both)',
    source: 'robfig/cron v1.1.0, v3.0.1 spec.go dayMatches; v1.18.3 go.mod: netresearch/go-cron v0.15.0, its parser.go standardParser lacks DowOrDom',
  },
  'cron-either-day-stepped': {
    since: '1.15.0',
    until: '1.18.3',
    description: 'a cron expression in which either day is enough though one is a star with a step (robfig/cron v3; others want both)',
    source: 'robfig/cron v3.0.1 parser.go getRange drops the star bit of a step, v1.1.0 keeps it; v1.18.3 go.mod: netresearch/go-cron v0.15.0',
  },
  'cron-weekday-step': {
    until: '1.18.3',
    description: 'a cron expression whose stepped weekdays end on Saturday (robfig/cron; go-cron adds Sunday as 7)',
    source: 'robfig/cron v3.0.1 spec.go dow bounds 0-6; v1.18.3 go.mod: netresearch/go-cron v0.15.0, its spec.go dow bounds 0-7',
  },
  'namespace-patterns': {
    since: '1.18.0',
    description: 'patterns in included and excluded namespaces',
    source: 'v1.18.0 pkg/util/wildcard/expand.go; v1.17.2 pkg/util/collections/includes_excludes.go:522-543 takes "*" in a name and then finds no such namespace',
  },
  'volume-group-snapshot-label-key': {
    since: '1.17.0',
    description: 'volumeGroupSnapshotLabelKey of a backup',
    field: 'Schedule.spec.template.volumeGroupSnapshotLabelKey',
    source: 'v1.17.0 pkg/apis/velero/v1/backup_types.go:116-118; absent in v1.16.2',
  },
  'volume-policy-csi-attributes': {
    since: '1.16.0',
    description: 'volumeAttributes of CSI volumes in a volume policy',
    source: 'v1.16.0 internal/resourcepolicies/volume_resources_validator.go:31; absent in v1.15.2',
  },
  'volume-policy-pvc-labels': {
    since: '1.16.0',
    description: 'labels of claims in a volume policy',
    source: 'v1.16.0 internal/resourcepolicies/volume_resources_validator.go:48; absent in v1.15.2',
  },
  'volume-policy-include-exclude': {
    since: '1.17.0',
    description: 'includeExcludePolicy of a volume policy',
    source: 'v1.17.0 internal/resourcepolicies/resource_policies.go:59-98; absent in v1.16.2',
  },
  'volume-policy-pvc-phase': {
    since: '1.18.0',
    description: 'the phase of claims in a volume policy',
    source: 'v1.18.0 internal/resourcepolicies/volume_resources_validator.go:49; absent in v1.17.2',
  },
  'volume-policy-custom-action': {
    since: '1.18.1',
    description: 'the action custom of a volume policy',
    source: 'v1.18.1 internal/resourcepolicies/resource_policies.go:46; absent in v1.18.0',
  },
  'volume-policy-pvc-volume-mode': {
    since: '1.18.3',
    description: 'the volume mode of claims in a volume policy',
    source: 'v1.18.3 internal/resourcepolicies/volume_resources_validator.go:50; absent in v1.18.2',
  },
  'volume-policy-pvc-access-modes': {
    since: '1.18.3',
    description: 'the access modes of claims in a volume policy',
    source: 'v1.18.3 internal/resourcepolicies/volume_resources_validator.go:51; absent in v1.18.2',
  },
  'volume-policy-resource-filters': {
    since: '1.18.3',
    description: 'resource filters in a volume policy',
    source: 'v1.18.3 internal/resourcepolicies/resource_policies.go:182-183; absent in v1.18.2',
  },
} satisfies Record<string, CapabilityFact>;
