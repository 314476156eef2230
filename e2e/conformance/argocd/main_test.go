package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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
  source: ` + flat + `
  destination: {server: https://kubernetes.default.svc, namespace: velero}
`
	schedule = "apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: a, namespace: velero}\n"
	checks   = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata:\n"

	// Sources of an Application: files that it names, folders that it names, and a folder for itself.
	flat    = `{repoURL: https://git.example.org/gitops.git, targetRevision: main, path: a, directory: {include: "{schedules.yaml,more.yaml}"}}`
	folders = `{repoURL: https://git.example.org/gitops.git, targetRevision: main, path: a, directory: {recurse: true, include: "{more,schedules}/*"}}`
	own     = `{repoURL: https://git.example.org/gitops.git, targetRevision: main, path: a/schedules, directory: {recurse: true}}`
)

// assets are the definitions of each release of Velero that the library knows.
const assets = "../../../assets"

// exampleSettings are those that the example emits.
const exampleSettings = "../../../examples/homelab/manifests/argocd-settings.k8s.yaml"

func TestDelivery(t *testing.T) {
	emitted := read(t, exampleSettings)
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
		{"the checks of the example", emitted, schedule, ""},
		{"a check that takes one phase for another", strings.Replace(emitted, `"Available"`, `"Unavailable"`, 1), schedule,
			`status map[phase:Available]: got "Degraded: Available", wanted "Healthy: Available"`},
		{"a check that says too little", strings.Replace(emitted, "table.concat(obj.status.validationErrors or {}, \"; \")", `"no"`, 1), schedule,
			`got "Degraded: no", wanted "Degraded: invalid schedule; no location"`},
		{"a check that fails", checks + "  resource.customizations.health.velero.io_Schedule: |\n    return obj.status.phase.x.y\n", schedule, "<string>:1"},
		{"a check that waits for ever", checks + "  resource.customizations.health.velero.io_Schedule: |\n    return { status = \"Suspended\" }\n", schedule, `got "Suspended: "`},
		{"a check of a kind without states", checks + "  resource.customizations.health.velero.io_BackupRepository: |\n    return {}\n", schedule,
			"got a check of a kind that this program knows no states of"},
		{"wrong exclusions", checks + "  resource.exclusions: |\n    - kind: [Backup]\n", schedule, "resource.exclusions"},
	} {
		t.Run(test.name, func(t *testing.T) {
			expect(t, map[string]string{"argocd.yaml": test.told, "schedules.yaml": test.delivered}, test.want)
		})
	}
}

func TestFolders(t *testing.T) {
	named := strings.Replace(application, flat, folders, 1)
	alone := strings.Replace(application, flat, own, 1)
	for _, test := range []struct{ name, application, file, want string }{
		{"named", named, "schedules/Schedule.a.yaml", ""},
		{"not named", named, "other/Schedule.a.yaml", "0 Applications take its file, wanted one"},
		{"in none", named, "schedules.yaml", "0 Applications take its file, wanted one"},
		{"not read", strings.Replace(named, "recurse: true, ", "", 1), "schedules/Schedule.a.yaml", "0 Applications take its file, wanted one"},
		{"the path itself", alone, "schedules/Schedule.a.yaml", ""},
		{"beside the path", alone, "other/Schedule.a.yaml", "0 Applications take its file, wanted one"},
		{"taken twice", named + "---\n" + strings.Replace(alone, "name: velero,", "name: other,", 1), "schedules/Schedule.a.yaml", "2 Applications take its file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{
				"argocd/Application.yaml": test.application, "argocd/AppProject.yaml": project,
				"schedules/Schedule.b.yaml": strings.Replace(schedule, "name: a", "name: b", 1), test.file: schedule,
			}
			expect(t, files, test.want)
		})
	}
}

// TestStates wants a state for each phase that a definition of Velero names.
func TestStates(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(assets, "velero-*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := 0
	for _, file := range files {
		var definitions []definition
		if err := json.Unmarshal([]byte(read(t, file)), &definitions); err != nil {
			t.Fatal(err)
		}
		for _, each := range definitions {
			kind := each.Spec.Group + "_" + each.Spec.Names.Kind
			for _, name := range each.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties.Status.Properties.Phase.Enum {
				if _, ok := states[kind]; ok {
					seen++
					wantState(t, filepath.Base(file), kind, name)
				}
			}
		}
	}
	if seen == 0 {
		t.Fatal("got definitions without phases")
	}
}

// definition is what of a CustomResourceDefinition tells the phases.
type definition struct {
	Spec struct {
		Group    string
		Names    struct{ Kind string }
		Versions []struct {
			Schema struct {
				OpenAPIV3Schema struct {
					Properties struct {
						Status struct {
							Properties struct {
								Phase struct{ Enum []string }
							}
						}
					}
				}
			}
		}
	}
}

func wantState(t *testing.T, release, kind, name string) {
	t.Helper()
	if !slices.ContainsFunc(states[kind], func(each state) bool { return each.status["phase"] == name }) {
		t.Errorf("%s: %s has the phase %q, wanted a state of it", release, kind, name)
	}
}

// expect checks an output folder with some files.
func expect(t *testing.T, files map[string]string, want string) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	documents, unread, err := manifest.Read(folder)
	if err != nil || len(unread) > 0 {
		t.Fatal(err, unread)
	}
	found := report.New()
	if err := check(folder, documents, found); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, problem := range found.Problems {
		lines = append(lines, problem.String())
	}
	text := strings.Join(lines, "\n")
	if !strings.Contains(text, want) || (text == "") != (want == "") {
		t.Fatalf("got %q, wanted %q", text, want)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestUse(t *testing.T) {
	for _, arguments := range [][]string{{}, {filepath.Join(t.TempDir(), "missing")}} {
		if code := run(arguments); code != 2 {
			t.Errorf("got exit code %d with %q, wanted 2", code, arguments)
		}
	}
}
