package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
)

const (
	project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: velero, namespace: argocd}
spec:
  sourceRepos: [https://git.example.org/gitops.git]
  destinations: [{server: https://kubernetes.default.svc, namespace: velero}]
  clusterResourceWhitelist: [{group: "", kind: Namespace}]
  namespaceResourceWhitelist: [{group: velero.io, kind: Schedule}]
  syncWindows: [{kind: deny, schedule: 0 2 * * *, duration: 1h, applications: [velero], manualSync: true}]
---
`
	application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: velero, namespace: argocd}
spec:
  project: velero
  source: {repoURL: https://git.example.org/gitops.git, targetRevision: main, path: a, directory: {include: "{schedules.yaml,more.yaml}"}}
  destination: {server: https://kubernetes.default.svc, namespace: velero}
`
	schedule = "apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: a, namespace: velero}\n"
	checks   = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata:\n"
)

func TestDelivery(t *testing.T) {
	for _, test := range []struct{ name, told, delivered, want string }{
		{"good", project + application, schedule, ""},
		{"no Application", project, schedule, ""},
		{"an unknown field", project + strings.Replace(application, "project:", "projekt:", 1), schedule, "spec.projekt: unknown field"},
		{"a wrong type", strings.Replace(project, "manualSync: true", "manualSync: ja", 1) + application, schedule, "manualSync"},
		{"a wrong window", strings.Replace(project, "0 2 * * *", `"@daily"`, 1) + application, schedule, "cannot parse schedule '@daily'"},
		{"another kind", project + application, strings.Replace(schedule, "Schedule", "Backup", 1), "kind: Backup.velero.io is not permitted in project velero"},
		{"another namespace", project + application, strings.Replace(schedule, "namespace: velero", "namespace: shop", 1), `namespace "shop" is not permitted`},
		{"another repository", project + strings.Replace(application, "gitops.git", "other.git", 1), schedule, "which the project does not permit"},
		{"a file that none takes", project + strings.Replace(application, "schedules.yaml", "other.yaml", 1), schedule, "0 Applications take its file, wanted one"},
		{"a file that two take", project + application + "---\n" + strings.Replace(application, "name: velero,", "name: other,", 1), schedule, "2 Applications take its file"},
		{"a check", checks + "  resource.customizations.health.velero.io_Schedule: |\n    return { status = \"Healthy\" }\n", schedule, ""},
		{"a check that fails", checks + "  resource.customizations.health.velero.io_Schedule: |\n    return obj.status.phase.x.y\n", schedule, "phase \"none\": <string>:1"},
		{"a check that waits for ever", checks + "  resource.customizations.health.velero.io_Schedule: |\n    return { status = \"Suspended\" }\n", schedule, "got Suspended"},
		{"wrong exclusions", checks + "  resource.exclusions: |\n    - kind: [Backup]\n", schedule, "resource.exclusions"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			for name, text := range map[string]string{"argocd.yaml": test.told, "schedules.yaml": test.delivered} {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			documents, unread, err := manifest.Read(folder)
			if err != nil || len(unread) > 0 {
				t.Fatal(err, unread)
			}
			found := report.New()
			if err := check(documents, found); err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, problem := range found.Problems {
				lines = append(lines, problem.String())
			}
			text := strings.Join(lines, "\n")
			if !strings.Contains(text, test.want) || (text == "") != (test.want == "") {
				t.Fatalf("got %q, wanted %q", text, test.want)
			}
		})
	}
}

func TestUse(t *testing.T) {
	for _, arguments := range [][]string{{}, {filepath.Join(t.TempDir(), "missing")}} {
		if code := run(arguments); code != 2 {
			t.Errorf("got exit code %d with %q, wanted 2", code, arguments)
		}
	}
}
