// Package releasetest gives a release good and bad documents.
package releasetest

import (
	"strings"
	"testing"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	conformance "github.com/vmware-tanzu/velero/cdk8s-velero-conformance"
)

const schedule = `apiVersion: velero.io/v1
kind: Schedule
metadata: {name: nightly, namespace: velero}
spec:
  schedule: CRON
  template:
    includedNamespaces: [shop]
    labelSelector: {matchLabels: {app: shop}}
    ttl: TTL
    resourcePolicy: {kind: configmap, name: policies}
    MORE
---
apiVersion: v1
kind: ConfigMap
metadata: {name: policies, namespace: velero}
data:
  policy.yaml: |
    version: v1
    volumePolicies:
      - conditions: {volumeTypes: [emptyDir]}
        action: {type: ACTION}
`

const server = `apiVersion: apps/v1
kind: Deployment
metadata: {name: velero, namespace: velero}
spec:
  template:
    spec:
      containers:
        - image: registry.example/velero/velero:v1.14.1
          command: [/velero]
          args: ARGS
`

const helper = `apiVersion: v1
kind: ConfigMap
metadata:
  name: fs-restore-action-config
  namespace: velero
  labels: {velero.io/plugin-config: "", velero.io/pod-volume-restore: RestoreItemAction}
data: DATA
`

// Run checks that what is wrong is found with this release's code, and nothing else.
func Run(t *testing.T, release conformance.Release) {
	for _, test := range []struct{ name, text, want string }{
		{"good schedule", scheduleOf("0 3 * * *", "72h0m0s", "skip", ""), ""},
		{"descriptor", scheduleOf("'@daily'", "72h0m0s", "skip", ""), ""},
		{"six fields", scheduleOf("0 0 3 * * *", "72h0m0s", "skip", ""), `a.yaml:0 Schedule velero/nightly: spec.schedule: got "0 0 3 * * *"`},
		{"hour 24", scheduleOf("0 24 * * *", "72h0m0s", "skip", ""), "spec.schedule"},
		{"no cron", scheduleOf("''", "72h0m0s", "skip", ""), "spec.schedule"},
		{"ttl in days", scheduleOf("0 3 * * *", "3d", "skip", ""), `spec.template.ttl: time: unknown unit "d"`},
		{"unknown field", scheduleOf("0 3 * * *", "72h0m0s", "skip", "retention: 3"), "spec.template.retention: unknown field"},
		{"field in another case", scheduleOf("0 3 * * *", "72h0m0s", "skip", "snapshotvolumes: false"), "spec.template.snapshotvolumes: unknown field"},
		{"wrong type", scheduleOf("0 3 * * *", "72h0m0s", "skip", "snapshotVolumes: 'no'"), "spec.template.snapshotVolumes: got a JSON string, wanted bool"},
		{"selector", scheduleOf("0 3 * * *", "72h0m0s", "skip", "orLabelSelectors: [{matchExpressions: [{key: a, operator: Like}]}]"),
			"spec.template.orLabelSelectors[0]: "},
		{"policy", scheduleOf("0 3 * * *", "72h0m0s", "ignore", ""), "a.yaml:1 ConfigMap velero/policies: data: as resource policies"},
		{"no policy", strings.Split(scheduleOf("0 3 * * *", "72h0m0s", "skip", ""), "---\n")[0], "got the ConfigMap policies"},
		{"unknown kind", "apiVersion: velero.io/v1\nkind: Snapshot\nmetadata: {name: a}\n", "got Snapshot of velero.io/v1"},

		{"good server", serverOf("[server, --uploader-type=kopia, --default-backup-ttl=72h0m0s]"), ""},
		{"unknown flag", serverOf("[server, --parallel=2]"), "spec.template.spec.containers[0].args: unknown flag: --parallel"},
		{"bad value", serverOf("[server, --default-backup-ttl=3d]"), `invalid argument "3d"`},
		{"bad enumeration", serverOf("[server, --log-level=loud]"), "--log-level"},
		{"uploader", serverOf("[server, --uploader-type=rsync]"), "--uploader-type: "},
		{"unknown command", serverOf("[serve]"), "unknown command"},
		{"no command that runs", serverOf("[node-agent]"), "wanted a command that runs"},
		{"argument", serverOf("[server, now]"), "wanted flags only"},
		{"command of the client", serverOf("[backup, create, now, --ttl=1h]"), ""},
		{"no velero", strings.Replace(serverOf("[server]"), "[/velero]", "[sh, -c]", 1), "wanted /velero first"},

		{"good helper", helperOf(`{cpuLimit: 200m, secCtx: "runAsUser: 1000\nrunAsNonRoot: true"}`), ""},
		{"security context", helperOf(`{secCtx: "runAsUsr: 1000"}`), `unknown field "runAsUsr"`},
		{"quantity", helperOf(`{cpuLimit: 2 cores}`), "CPU limit"},
		{"helper key", helperOf(`{cpuLimits: 200m}`), "data.cpuLimits"},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, release, test.text, test.want) })
	}
	if release.MaintenanceConfig != nil {
		runConfigMaps(t, release)
	}
}

// runConfigMaps checks those that flags name, which the releases from 1.15 on read.
func runConfigMaps(t *testing.T, release conformance.Release) {
	for _, test := range []struct{ name, flag, data, want string }{
		{"good repository", "backup-repository-configmap", `{kopia: '{"cacheLimitMB":2048}'}`, ""},
		{"repository option", "backup-repository-configmap", `{kopia: '{"cacheLimit":2048}'}`,
			"data.kopia: cacheLimit: as backup-repository-configmap: unknown field"},
		{"repository type", "backup-repository-configmap", `{borg: '{}'}`, "data.borg"},
		{"good maintenance", "repo-maintenance-job-configmap", `{global: '{"podResources":{"cpuRequest":"1","memoryRequest":"1Gi","cpuLimit":"1","memoryLimit":"1Gi"}}'}`,
			""},
		{"maintenance field", "repo-maintenance-job-configmap", `{global: '{"podResource":{}}'}`,
			"data.global: podResource: as repo-maintenance-job-configmap: unknown field"},
		{"half of the quantities", "repo-maintenance-job-configmap", `{global: '{"podResources":{"cpuRequest":"1"}}'}`, "data.global: podResources"},
		{"no JSON", "repo-maintenance-job-configmap", `{global: 'podResources: {}'}`, "no JSON"},
		{"twice", "repo-maintenance-job-configmap", `{global: '{"podResources":null,"podResources":null}'}`, "duplicate field"},
	} {
		t.Run(test.name, func(t *testing.T) {
			object := "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: velero}\ndata: " + test.data + "\n"
			check(t, release, serverOf("[server, --"+test.flag+"=config]")+object, test.want)
		})
	}
}

func scheduleOf(cron, ttl, action, more string) string {
	return strings.NewReplacer("CRON", cron, "TTL", ttl, "ACTION", action, "MORE", more).Replace(schedule)
}

func serverOf(arguments string) string {
	return strings.Replace(server, "ARGS", arguments, 1)
}

func helperOf(data string) string {
	return strings.Replace(helper, "DATA", data, 1)
}

// check wants one problem that contains the text, or none when there is no text.
func check(t *testing.T, release conformance.Release, text, want string) {
	documents, unread := manifest.Parse("a.yaml", []byte(text))
	found, err := release.Check(documents)
	if err != nil || len(unread) > 0 {
		t.Fatalf("got %v and %v, wanted readable documents", err, unread)
	}
	if want == "" && len(found.Problems) > 0 {
		t.Fatalf("got %v, wanted no problem", found.Problems)
	}
	if want != "" && (len(found.Problems) != 1 || !strings.Contains(found.Problems[0].String(), want)) {
		t.Fatalf("got %q, wanted one problem with %q", found.Problems, want)
	}
}
