package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, resources: {limits: {memory: 1024Mi}}}]}
`

const serviceMonitor = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: velero, namespace: velero}
spec: {selector: {matchLabels: {a: b}}, endpoints: [{port: metrics, interval: 30s}]}
`

const sealedSecret = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: password, namespace: velero}
spec: {encryptedData: {key: AgBy}, template: {metadata: {name: password}, type: Opaque}}
`

const claim = `apiVersion: objectbucket.io/v1alpha1
kind: ObjectBucketClaim
metadata: {name: backups, namespace: velero}
spec: {generateBucketName: backups, storageClassName: buckets}
`

const externalSecret = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: password, namespace: velero}
spec:
  refreshInterval: 1h
  secretStoreRef: {kind: ClusterSecretStore, name: store}
  data: [{secretKey: key, remoteRef: {key: path}}]
`

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: disks.example.org}
spec:
  group: example.org
  names: {kind: Disk, listKind: DiskList, plural: disks, singular: disk}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              x-kubernetes-validations: [{rule: self.size < 10, message: too large}]
              properties:
                size: {type: integer}
                kind: {type: string, enum: [ssd, hdd], default: ssd}
`

const bsl = "apiVersion: velero.io/v1\nkind: BackupStorageLocation\nmetadata: {name: a, namespace: velero}\n"

func TestFolder(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"good", strings.Join([]string{deployment, serviceMonitor, sealedSecret, claim, externalSecret, definition}, "---\n"), ""},
		{"unknown field", strings.Replace(deployment, "replicas", "replica", 1), "a.yaml:0 Deployment shop/web: spec.replica: unknown field"},
		{"unknown field in a list", strings.Replace(deployment, "image:", "imgae:", 1), "spec.template.spec.containers[0].imgae: unknown field"},
		{"another case", strings.Replace(deployment, "matchLabels", "matchlabels", 1), "spec.selector.matchlabels: unknown field"},
		{"wrong type", strings.Replace(deployment, "replicas: 1", "replicas: '1'", 1), "spec.replicas: got a JSON string, wanted int32"},
		{"no quantity", strings.Replace(deployment, "1024Mi", "1 GB", 1), "quantities must match"},
		{"key twice", strings.Replace(deployment, "  replicas: 1", "  replicas: 1\n  replicas: 2", 1), `key "replicas" already set`},
		{"selector", strings.Replace(deployment, "matchLabels: {app: web}", "matchExpressions: [{key: app, operator: Is}]", 1), `spec.selector: "Is" is not a valid label selector operator`},
		{"declared twice", deployment + "---\n" + deployment, "a.yaml:1 Deployment shop/web: this object is declared twice"},
		{"unknown kind", "apiVersion: example.org/v1\nkind: Tape\nmetadata: {name: a}\n", "a.yaml:0 Tape a: kind: got Tape of example.org/v1"},
		{"unknown version", strings.Replace(deployment, "apps/v1", "apps/v3", 1), "kind: got Deployment of apps/v3"},
		{"list", "apiVersion: v1\nkind: List\nmetadata: {name: a}\nitems: []\n", "a list hides its items"},
		{"no object", "- a\n", "no object"},
		{"no name", "apiVersion: v1\nkind: Pod\n", `name ""`},
		{"no YAML", "a: {\n", "a.yaml:0"},

		{"monitor", strings.Replace(serviceMonitor, "endpoints", "podMetricsEndpoints", 1), "spec.podMetricsEndpoints: unknown field"},
		{"interval", strings.Replace(serviceMonitor, "30s", "30 s", 1), "spec.endpoints[0].interval: "},
		{"sealed secret", strings.Replace(sealedSecret, "encryptedData", "encrypted", 1), "spec.encrypted: unknown field"},
		{"claim", strings.Replace(claim, "generateBucketName", "bucketname", 1), "spec.bucketname: unknown field"},
		{"external secret", strings.Replace(externalSecret, "remoteRef", "ref", 1), "spec.data[0].ref: unknown field"},

		{"no structural schema", strings.Replace(definition, "size: {type: integer}", "size: {}", 1), "spec.validation.openAPIV3Schema.properties[spec].properties[size].type"},
		{"field that a type of its own drops", strings.Replace(definition, "kind: {type: string", "tags: {type: array, items: {type: string, longest: 3}}\n                kind: {type: string", 1), "tags.items.longest: unknown field: the upstream type drops it"},
		{"default", strings.Replace(definition, "default: ssd", "default: tape", 1), `Unsupported value: "tape"`},
		{"rule", strings.Replace(definition, "self.size < 10", "self.width < 10", 1), "undefined field 'width'"},
		{"name of the CRD", strings.Replace(definition, "disks.example.org", "disk.example.org", 1), "metadata.name"},

		{"no program", bsl, `BackupStorageLocation velero/a: the folder installs Velero []`},
		{"no program of the minor", strings.Replace(deployment, "nginx", "velero/velero:v1.13.0", 1), `installs Velero ["1.13.0"]`},
		{"two releases", strings.Replace(deployment, "image: nginx", "image: velero/velero:v1.16.2}, {name: b, image: velero/velero:v1.17.2", 1), `installs Velero ["1.16.2" "1.17.2"]`},
		{"no release", strings.Replace(deployment, "nginx", "velero/velero:main", 1), "spec.template.spec.containers[0].image: got the image velero/velero:main"},
	} {
		t.Run(test.name, func(t *testing.T) { checkText(t, test.text, test.want) })
	}
}

// TestSchemas gives objects to a CRD of the same folder; no type is known for them, which is a problem of its own.
func TestSchemas(t *testing.T) {
	for _, test := range []struct{ name, spec, want string }{
		{"good", "{size: 3}", ""},
		{"pruned", "{size: 3, speed: 4}", "spec.speed: by its CRD: unknown field"},
		{"missing", "{kind: ssd}", "spec.size: by its CRD: Required value"},
		{"enumeration", "{size: 3, kind: tape}", "spec.kind: by its CRD: Unsupported value"},
		{"type", "{size: small}", "spec.size: by its CRD: Invalid value"},
		{"rule", "{size: 11}", "spec: by its CRD: Invalid value"},
	} {
		t.Run(test.name, func(t *testing.T) {
			object := "---\napiVersion: example.org/v1\nkind: Disk\nmetadata: {name: a, namespace: b}\nspec: " + test.spec + "\n"
			found := problems(t, definition+object)
			if len(found) < 1 || !strings.Contains(found[0], "kind: got Disk of example.org/v1") {
				t.Fatalf("got %q, wanted first that the kind is unknown", found)
			}
			if rest := strings.Join(found[1:], "\n"); !strings.Contains(rest, test.want) || (rest == "") != (test.want == "") {
				t.Fatalf("got %q, wanted %q", rest, test.want)
			}
		})
	}
}

// TestDefinitions gives objects to definitions that are not in their folder: those decide alone.
func TestDefinitions(t *testing.T) {
	definitions, err := readDefinitions(filepath.Join("..", "..", "..", "test", "fixtures", "rook-1.20.6.json"))
	if err != nil {
		t.Fatal(err)
	}
	const user = "apiVersion: ceph.rook.io/v1\nkind: CephObjectStoreUser\nmetadata: {name: velero, namespace: velero}\nspec: {store: store, keys: [{accessKeyRef: {name: s3, key: accessKey}}]}\n"
	for _, test := range []struct{ name, text, want string }{
		{"good", user, ""},
		{"unknown field", strings.Replace(user, "store: store", "shop: store", 1), "spec.shop: by its CRD: unknown field: the API server prunes it"},
		{"unknown field in a list", strings.Replace(user, "key: accessKey", "key: accessKey, keys: b", 1), "spec.keys[0].accessKeyRef.keys: by its CRD: unknown field"},
		{"wrong type", strings.Replace(user, "store: store", "store: 1", 1), "spec.store: by its CRD: Invalid value"},
		{"missing", strings.Replace(user, ", key: accessKey", "", 1), "spec.keys[0].accessKeyRef.key: by its CRD: Required value"},
		{"metadata", strings.Replace(user, "namespace: velero", "namespace: velero, label: {}", 1), "metadata.label: unknown field"},
		{"a kind with a type too", claim, ""},
		{"by both", strings.Replace(claim, "generateBucketName", "bucketname", 1), "spec.bucketname: unknown field"},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := strings.Join(problems(t, test.text, definitions...), "\n")
			if !strings.Contains(found, test.want) || (found == "") != (test.want == "") {
				t.Fatalf("got %q, wanted %q", found, test.want)
			}
		})
	}
}

func TestNoDefinitions(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a.json")
	if err := os.WriteFile(file, []byte(`[{"specs": {}}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(folder, "missing")} {
		if code := run([]string{"-definitions", path, folderOf(t, deployment)}); code != 2 {
			t.Errorf("got exit code %d with %s, wanted 2", code, path)
		}
	}
}

func TestUse(t *testing.T) {
	empty := t.TempDir()
	for _, arguments := range [][]string{{}, {"-loud", empty}, {empty}, {filepath.Join(empty, "missing")}, {"-velero", "1.16", empty}} {
		if code := run(arguments); code != 2 {
			t.Errorf("got exit code %d of %q, wanted 2", code, arguments)
		}
	}
	folder := folderOf(t, deployment)
	if code := run([]string{folder}); code != 0 {
		t.Errorf("got exit code %d of a good folder, wanted 0", code)
	}
	if code := run([]string{folderOf(t, bsl)}); code != 1 {
		t.Errorf("got exit code %d of a bad folder, wanted 1", code)
	}
}

func checkText(t *testing.T, text, want string) {
	found := problems(t, text)
	if want == "" && len(found) > 0 {
		t.Fatalf("got %q, wanted no problem", found)
	}
	if want != "" && (len(found) != 1 || !strings.Contains(found[0], want)) {
		t.Fatalf("got %q, wanted one problem with %q", found, want)
	}
}

func problems(t *testing.T, text string, definitions ...customDefinition) []string {
	folders, err := readFolders([]string{folderOf(t, text)})
	if err != nil {
		t.Fatal(err)
	}
	found, err := folders[0].check(programs{}, definitions)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, problem := range found.Sorted() {
		lines = append(lines, problem.String())
	}
	return lines
}

func folderOf(t *testing.T, text string) string {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}
