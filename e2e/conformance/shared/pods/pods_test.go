package pods

import (
	"fmt"
	"testing"

	"cdk8s-velero.e2e/conformance/shared/manifest"
)

func TestContainers(t *testing.T) {
	const containers = "{initContainers: [{image: a}], containers: [{image: b}]}"
	for _, test := range []struct{ text, want string }{
		{"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {template: {spec: " + containers + "}}\n",
			"[spec.template.spec.initContainers[0] a spec.template.spec.containers[0] b]"},
		{"apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: " + containers + "}}}}\n",
			"[spec.jobTemplate.spec.template.spec.initContainers[0] a spec.jobTemplate.spec.template.spec.containers[0] b]"},
		{"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + containers + "\n", "[spec.initContainers[0] a spec.containers[0] b]"},
		{"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", "[]"},
	} {
		documents, _ := manifest.Parse("a.yaml", []byte(test.text))
		got := []string{}
		for _, container := range Containers(documents[0]) {
			got = append(got, container.Path, container.Image)
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("%s: got %s, wanted %s", test.text, got, test.want)
		}
	}
}

func TestRelease(t *testing.T) {
	for image, want := range map[string]string{
		"velero/velero:v1.16.2":                            "1.16.2",
		"registry.example:5000/a/velero:1.14.1@sha256:abc": "1.14.1",
		"velero/velero:main":                               "",
		"velero/velero@sha256:abc":                         "",
	} {
		container := Container{Image: image}
		got, err := container.Release()
		if !container.IsVelero() || got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q and %v, wanted %q", image, got, err, want)
		}
	}
	for _, image := range []string{"velero/velero-plugin-for-aws:v1.12.2", "velero/velero-restore-helper:v1.14.1", "velero/other", "nginx"} {
		if (Container{Image: image}).IsVelero() {
			t.Errorf("%s: wanted another image than Velero's", image)
		}
	}
}
