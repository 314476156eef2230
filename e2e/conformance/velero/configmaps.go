package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
	"cdk8s-velero.e2e/conformance/shared/strict"
	"github.com/spf13/pflag"
	velerov1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v1"
	"github.com/vmware-tanzu/velero/pkg/util/kube"
	corev1 "k8s.io/api/core/v1"
)

// configMaps are the ConfigMaps of a folder; each is read once for each of its uses.
type configMaps struct {
	release  Release
	found    *report.Report
	declared map[string]configMap
	read     map[string]bool
}

type configMap struct {
	document manifest.Document
	object   corev1.ConfigMap
}

// reader says what is wrong with a ConfigMap; paths are keys of its data.
type reader func(corev1.ConfigMap) []strict.Issue

func newConfigMaps(release Release, documents []manifest.Document, found *report.Report) *configMaps {
	maps := &configMaps{release: release, found: found, declared: map[string]configMap{}, read: map[string]bool{}}
	for _, document := range documents {
		var object corev1.ConfigMap
		if document.GVK == corev1.SchemeGroupVersion.WithKind("ConfigMap") && json.Unmarshal(document.JSON, &object) == nil {
			maps.declared[document.Key()] = configMap{document, object}
		}
	}
	return maps
}

// readNamed reads the ConfigMap that a document names at a path, as one use of it.
func (maps *configMaps) readNamed(by manifest.Document, path, name, use string, read reader) {
	one, ok := maps.declared[manifest.Key("ConfigMap", by.Source.Namespace, name)]
	if !ok {
		maps.found.Add(by.Source.Problem(path, "got the ConfigMap %s, wanted one of this folder and namespace", name))
		return
	}
	maps.readOne(one, use, read)
}

func (maps *configMaps) readOne(one configMap, use string, read reader) {
	key := one.document.Key() + " " + use
	if maps.read[key] {
		return
	}
	maps.read[key] = true
	maps.found.Count(report.ConfigMaps)
	for _, issue := range read(one.object) {
		maps.found.Add(one.document.Source.Problem(issue.Path, "as %s: %s", use, issue.What))
	}
}

// readOfFlag reads the ConfigMap that a flag names.
func (maps *configMaps) readOfFlag(by manifest.Document, path string, one *pflag.Flag) {
	readers := map[string]reader{
		"backup-repository-configmap":             maps.release.repositoryConfig,
		"global-backup-volume-policies-configmap": policies,
		"node-agent-configmap":                    maps.release.nodeAgentConfig,
		"repo-maintenance-job-configmap":          maps.release.maintenanceConfig,
	}
	read, ok := readers[one.Name]
	if !ok {
		maps.found.Add(by.Source.Problem(path, "--%s: this program does not know how Velero reads it", one.Name))
		return
	}
	maps.readNamed(by, path, one.Value.String(), one.Name, read)
}

// readFixedNodeAgentConfig reads the ConfigMap that 1.14 looks for by its name; it need not be there.
func (maps *configMaps) readFixedNodeAgentConfig(by manifest.Document) {
	one, ok := maps.declared[manifest.Key("ConfigMap", by.Source.Namespace, maps.release.NodeAgentConfigName)]
	if ok {
		maps.readOne(one, "node-agent-configmap", maps.release.nodeAgentConfig)
	}
}

// nodeAgentConfig decodes the one value that there may be: of several, Velero takes any.
func (release Release) nodeAgentConfig(object corev1.ConfigMap) []strict.Issue {
	if len(object.Data) != 1 {
		return []strict.Issue{{Path: "data", What: fmt.Sprintf("got %d keys, wanted one", len(object.Data))}}
	}
	return release.decodeEach(object, release.NodeAgentConfig)
}

func (release Release) maintenanceConfig(object corev1.ConfigMap) []strict.Issue {
	return release.decodeEach(object, release.MaintenanceConfig)
}

func (release Release) decodeEach(object corev1.ConfigMap, into func() any) []strict.Issue {
	var issues []strict.Issue
	for key, text := range object.Data {
		found := decodeJSON(text, into())
		if len(found) == 0 {
			found = release.podResources(text)
		}
		issues = append(issues, below(key, found)...)
	}
	return issues
}

// podResources parses the quantities as Velero does, which ignores them all when one is missing or wrong.
func (release Release) podResources(text string) []strict.Issue {
	var read struct {
		PodResources *struct{ CPURequest, MemoryRequest, CPULimit, MemoryLimit string }
	}
	if err := json.Unmarshal([]byte(text), &read); err != nil || read.PodResources == nil {
		return nil
	}
	quantities := read.PodResources
	if _, err := release.Resources(quantities.CPURequest, quantities.MemoryRequest, quantities.CPULimit, quantities.MemoryLimit); err != nil {
		return []strict.Issue{{Path: "podResources", What: err.Error()}}
	}
	return nil
}

// repositoryConfig reads what each type of repository is told; Velero has no type for it, only the names of the keys.
func (release Release) repositoryConfig(object corev1.ConfigMap) []strict.Issue {
	var issues []strict.Issue
	for kind, text := range object.Data {
		if kind != velerov1.BackupRepositoryTypeKopia && kind != velerov1.BackupRepositoryTypeRestic {
			issues = append(issues, strict.Issue{Path: "data." + kind, What: "wanted kopia or restic"})
			continue
		}
		options := map[string]any{}
		found := decodeJSON(text, &options)
		for key := range options {
			if !slices.Contains(release.RepositoryOptions, key) {
				found = append(found, strict.Issue{Path: key, What: fmt.Sprintf("unknown field, wanted one of %q", release.RepositoryOptions)})
			}
		}
		issues = append(issues, below(kind, found)...)
	}
	return issues
}

// pluginConfig is the label that makes a ConfigMap the configuration of a plugin.
const (
	pluginConfig     = "velero.io/plugin-config"
	podVolumeRestore = "velero.io/pod-volume-restore"
)

// readPluginConfigs reads those of the action that restores the volumes of pods; the others take any data.
func (maps *configMaps) readPluginConfigs() {
	for _, one := range maps.declared {
		_, isConfig := one.object.Labels[pluginConfig]
		if isConfig && one.object.Labels[podVolumeRestore] == "RestoreItemAction" {
			maps.readOne(one, podVolumeRestore, maps.release.restoreHelper)
		}
	}
}

// restoreHelperKeys are what the action reads; it has no type for them.
// See pkg/restore/actions/pod_volume_restore_action.go in Velero.
var restoreHelperKeys = []string{
	"command", "cpuLimit", "cpuRequest", "image", "memLimit", "memRequest", "secCtx", "secCtxAllowPrivilegeEscalation", "secCtxRunAsGroup", "secCtxRunAsUser",
}

func (release Release) restoreHelper(object corev1.ConfigMap) []strict.Issue {
	var issues []strict.Issue
	data := object.Data
	for key := range data {
		if !slices.Contains(restoreHelperKeys, key) {
			issues = append(issues, strict.Issue{Path: "data." + key, What: fmt.Sprintf("unknown key, wanted one of %q", restoreHelperKeys)})
		}
	}
	_, context := kube.ParseSecurityContext(data["secCtxRunAsUser"], data["secCtxRunAsGroup"], data["secCtxAllowPrivilegeEscalation"], data["secCtx"])
	_, resources := release.Resources(
		or(data["cpuRequest"], "100m"), or(data["memRequest"], "128Mi"), or(data["cpuLimit"], "100m"), or(data["memLimit"], "128Mi"),
	)
	if err := errors.Join(context, resources); err != nil {
		issues = append(issues, strict.Issue{Path: "data", What: err.Error()})
	}
	return issues
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

func decodeJSON(text string, into any) []strict.Issue {
	// The syntax first: what is no JSON has no fields that are unknown.
	if !json.Valid([]byte(text)) {
		return []strict.Issue{{What: "no JSON"}}
	}
	return strict.Decode([]byte(text), into)
}

// below puts issues under a key of the data.
func below(key string, issues []strict.Issue) []strict.Issue {
	for index := range issues {
		path := "data." + key
		if issues[index].Path != "" {
			path += ": " + issues[index].Path
		}
		issues[index].Path = path
	}
	return issues
}
