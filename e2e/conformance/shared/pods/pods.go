// Package pods finds the containers of workloads and the release of Velero that runs in them.
package pods

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"cdk8s-velero.e2e/conformance/shared/manifest"
)

// Container is one of a pod, with its path in the document.
type Container struct {
	Path    string
	Image   string   `json:"image"`
	Command []string `json:"command"`
	Args    []string `json:"args"`
}

type pod struct {
	InitContainers []Container `json:"initContainers"`
	Containers     []Container `json:"containers"`
}

type template struct {
	Spec struct {
		Template    *struct{ Spec pod } `json:"template"`
		JobTemplate *struct {
			Spec struct{ Template struct{ Spec pod } }
		} `json:"jobTemplate"`
		pod
	} `json:"spec"`
}

var workloads = []string{"CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet"}

// Containers are those of a workload, init containers first. Its types are checked elsewhere: what cannot be read has none.
func Containers(document manifest.Document) []Container {
	var read template
	if !slices.Contains(workloads, document.GVK.Kind) || json.Unmarshal(document.JSON, &read) != nil {
		return nil
	}
	switch {
	case read.Spec.JobTemplate != nil:
		return containers("spec.jobTemplate.spec.template.spec", read.Spec.JobTemplate.Spec.Template.Spec)
	case read.Spec.Template != nil:
		return containers("spec.template.spec", read.Spec.Template.Spec)
	default:
		return containers("spec", read.Spec.pod)
	}
}

func containers(path string, spec pod) []Container {
	var all []Container
	for index, one := range spec.InitContainers {
		one.Path = fmt.Sprintf("%s.initContainers[%d]", path, index)
		all = append(all, one)
	}
	for index, one := range spec.Containers {
		one.Path = fmt.Sprintf("%s.containers[%d]", path, index)
		all = append(all, one)
	}
	return all
}

// image is Velero's own in any registry; the tag is its release.
var image = regexp.MustCompile(`(?:^|/)velero(?::([^@]+))?(?:@.*)?$`)

var version = regexp.MustCompile(`^v?(\d+\.\d+\.\d+)$`)

// IsVelero tells whether the image is Velero's own.
func (container Container) IsVelero() bool {
	return image.MatchString(container.Image)
}

// Release is the release of Velero in the image.
func (container Container) Release() (string, error) {
	tag := image.FindStringSubmatch(container.Image)[1]
	if match := version.FindStringSubmatch(tag); match != nil {
		return match[1], nil
	}
	return "", fmt.Errorf("got the image %s, wanted a tag like v1.16.2: it tells which Velero reads this", container.Image)
}
