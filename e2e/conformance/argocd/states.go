package main

// state is what a controller may have noted in an object, and how ArgoCD is to see it: status and message of its health.
type state struct {
	spec   map[string]any
	status map[string]any
	want   string
}

// states are those of every kind that there is a check for, by its key in argocd-cm. A wave ends with Healthy alone: in Suspended it waits for ever.
// A phase that the definition of a kind names and no state has fails the tests.
var states = map[string][]state{
	"velero.io_BackupStorageLocation": append(unseen("Velero has not looked at the location yet"),
		state{status: phase("Available"), want: "Healthy: Available"},
		state{status: phase("Unavailable"), want: "Degraded: Unavailable"},
		state{status: phase("Unavailable", "message", "no such bucket"), want: "Degraded: no such bucket"},
	),
	"velero.io_Schedule": append(unseen("Velero has not read the schedule yet"),
		state{status: phase("New"), want: "Progressing: Velero has not read the schedule yet"},
		state{status: phase("Enabled"), want: "Healthy: Enabled"},
		state{status: phase("FailedValidation"), want: "Degraded: "},
		state{status: phase("FailedValidation", "validationErrors", []any{"invalid schedule", "no location"}), want: "Degraded: invalid schedule; no location"},
		// Velero never looks at one that is paused from the beginning.
		state{spec: paused, want: "Healthy: paused: no backups are made"},
		state{spec: paused, status: phase("New"), want: "Healthy: paused: no backups are made"},
		state{spec: paused, status: phase("Enabled"), want: "Healthy: paused: no backups are made"},
		state{spec: paused, status: phase("FailedValidation", "validationErrors", []any{"invalid"}), want: "Degraded: invalid"},
		state{spec: map[string]any{"paused": false}, status: phase("Enabled"), want: "Healthy: Enabled"},
	),
	"velero.io_Backup":  runs,
	"velero.io_Restore": runs,

	// Rook's phases are free text: pkg/operator/k8sutil/status.go, and ConditionType of pkg/apis/ceph.rook.io/v1/types.go.
	"ceph.rook.io_CephObjectStoreUser": append(unseen("Rook has not made the user yet"),
		state{status: phase("Reconciling"), want: "Progressing: Reconciling"},
		state{status: phase("Ready"), want: "Healthy: Ready"},
		state{status: phase("ReconcileFailed"), want: "Degraded: ReconcileFailed: the events of the user and the log of the Rook operator say why"},
	),
	"ceph.rook.io_CephObjectStore": append(unseen("Rook has not made the object store yet"),
		state{status: phase("Progressing"), want: "Progressing: Progressing"},
		state{status: phase("Connecting"), want: "Progressing: Connecting"},
		state{status: phase("Ready"), want: "Healthy: Ready"},
		state{status: phase("Failure"), want: "Degraded: Failure"},
		state{status: phase("Deleting"), want: "Progressing: Deleting"},
		state{status: phase("DeletionIsBlocked"), want: "Progressing: DeletionIsBlocked"},
	),
	// lib-bucket-provisioner pkg/apis/objectbucket.io/v1alpha1/objectbucketclaim_types.go
	"objectbucket.io_ObjectBucketClaim": append(unseen("nobody has made the bucket yet"),
		state{status: phase("Pending"), want: "Progressing: Pending"},
		state{status: phase("Bound"), want: "Healthy: Bound"},
		state{status: phase("Released"), want: "Progressing: Released"},
		state{status: phase("Failed"), want: "Degraded: Failed"},
	),
}

var paused = map[string]any{"paused": true}

// runs are the states of a Backup and of a Restore.
var runs = append(unseen("Velero has not begun yet"),
	state{status: phase("New"), want: "Progressing: New"},
	state{status: phase("Queued"), want: "Progressing: Queued"},
	state{status: phase("ReadyToStart"), want: "Progressing: ReadyToStart"},
	state{status: phase("InProgress"), want: "Progressing: InProgress"},
	state{status: phase("WaitingForPluginOperations"), want: "Progressing: WaitingForPluginOperations"},
	state{status: phase("WaitingForPluginOperationsPartiallyFailed"), want: "Degraded: WaitingForPluginOperationsPartiallyFailed"},
	state{status: phase("Finalizing"), want: "Progressing: Finalizing"},
	state{status: phase("FinalizingPartiallyFailed"), want: "Degraded: FinalizingPartiallyFailed"},
	state{status: phase("Completed"), want: "Healthy: Completed"},
	state{status: phase("PartiallyFailed"), want: "Degraded: PartiallyFailed"},
	state{status: phase("Failed"), want: "Degraded: Failed"},
	state{status: phase("Failed", "failureReason", "server restarted"), want: "Degraded: server restarted"},
	state{status: phase("FailedValidation", "validationErrors", []any{"no location", "no such policy"}), want: "Degraded: no location; no such policy"},
	state{status: phase("Deleting"), want: "Progressing: Deleting"},
)

// unseen are the states of an object that its controller has not looked at.
func unseen(message string) []state {
	want := "Progressing: " + message
	return []state{{want: want}, {status: map[string]any{}, want: want}, {status: phase(""), want: want}}
}

// phase is a status with a phase, and more fields by name.
func phase(name string, more ...any) map[string]any {
	status := map[string]any{"phase": name}
	for index := 0; index < len(more); index += 2 {
		status[more[index].(string)] = more[index+1]
	}
	return status
}
