// Package conformance reads manifests with the code of one release of Velero. It is compiled with every release, by the programs in velero-<release>.
package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/pods"
	"cdk8s-velero.e2e/conformance/shared/report"
	"cdk8s-velero.e2e/conformance/shared/strict"
	velerov1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v1"
	velerov2alpha1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v2alpha1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// Release is what differs between the releases of Velero.
type Release struct {
	Version string
	// ParseCron is what its schedule controller parses with.
	ParseCron func(expression string) error
	// UploaderType is what its server refuses types of uploaders with.
	UploaderType func(name string) error
	// Resources is what it parses quantities of pods with.
	Resources func(cpuRequest, memoryRequest, cpuLimit, memoryLimit string) (corev1.ResourceRequirements, error)
	// NodeAgentConfig is what it decodes the node-agent's ConfigMap into.
	NodeAgentConfig func() any
	// NodeAgentConfigName is the name of that ConfigMap where it is fixed.
	NodeAgentConfigName string
	// MaintenanceConfig is what it decodes the ConfigMap of the repository maintenance into; absent where there is none.
	MaintenanceConfig func() any
	// RepositoryOptions are the keys that it reads of a backup repository's configuration.
	RepositoryOptions []string
}

// Main reads the folder that it is given and writes a report as JSON. It is started by the program in objects.
func Main(release Release) {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: velero FOLDER")
		os.Exit(2)
	}
	if err := release.run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "Velero %s: %v\n", release.Version, err)
		os.Exit(1)
	}
}

func (release Release) run(folder string, output io.Writer) error {
	// What stands in the files of the user must not matter.
	if err := os.Setenv("HOME", "/nonexistent"); err != nil {
		return err
	}
	documents, _, err := manifest.Read(folder)
	if err != nil {
		return err
	}
	found, err := release.Check(documents)
	if err != nil {
		return err
	}
	return json.NewEncoder(output).Encode(found)
}

// Check reads what Velero would read of the documents.
func (release Release) Check(documents []manifest.Document) (*report.Report, error) {
	scheme := runtime.NewScheme()
	if err := errors.Join(velerov1.AddToScheme(scheme), velerov2alpha1.AddToScheme(scheme)); err != nil {
		return nil, err
	}
	found := report.New()
	found.Release = release.Version
	maps := newConfigMaps(release, documents, found)
	for _, document := range documents {
		if document.GVK.Group == velerov1.SchemeGroupVersion.Group {
			release.checkObject(document, strict.Object(document, scheme, found), maps, found)
		}
		for _, container := range pods.Containers(document) {
			if container.IsVelero() {
				release.checkContainer(document, container, maps, found)
			}
		}
	}
	maps.readPluginConfigs()
	return found, nil
}

func (release Release) checkObject(document manifest.Document, object runtime.Object, maps *configMaps, found *report.Report) {
	switch it := object.(type) {
	case *velerov1.Schedule:
		found.Count(report.Crons)
		if err := release.parseCron(it.Spec.Schedule); err != nil {
			found.Add(document.Source.Problem("spec.schedule", "got %q: %v", it.Spec.Schedule, err))
		}
		maps.readPolicies(document, "spec.template.resourcePolicy", it.Spec.Template.ResourcePolicy)
	case *velerov1.Backup:
		maps.readPolicies(document, "spec.resourcePolicy", it.Spec.ResourcePolicy)
	case *velerov1.Restore:
		maps.readModifiers(document, "spec.resourceModifier", it.Spec.ResourceModifier)
	}
}

// parseCron does what the schedule controller does, which expects panics.
func (release Release) parseCron(expression string) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("%v", panicked)
		}
	}()
	if expression == "" {
		return errors.New("wanted a cron expression")
	}
	return release.ParseCron(expression)
}
