package main

import (
	"encoding/json"
	"slices"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	healthKey     = "resource.customizations.health."
	exclusionsKey = "resource.exclusions"
)

// phases are those of all kinds that there is a check for: each check has to say something of every one.
var phases = []string{
	"", "Available", "Unavailable", "New", "Enabled", "FailedValidation", "Queued", "ReadyToStart", "InProgress", "WaitingForPluginOperations",
	"WaitingForPluginOperationsPartiallyFailed", "Finalizing", "FinalizingPartiallyFailed", "Completed", "PartiallyFailed", "Failed", "Deleting",
	"Ready", "ReconcileFailed", "Progressing", "Failure", "Pending", "Bound",
}

// states are those that a wave ends with, or goes on to one of. In Suspended it waits for ever.
var states = []string{"Healthy", "Degraded", "Progressing"}

// checkSettings runs the health checks in a part of argocd-cm in ArgoCD's own Lua, and decodes its exclusions.
func checkSettings(document manifest.Document, found *report.Report) {
	var configMap struct {
		Data map[string]string `json:"data"`
	}
	if err := json.Unmarshal(document.JSON, &configMap); err != nil {
		found.Add(document.Source.Problem("data", "%v", err))
		return
	}
	for key, text := range configMap.Data {
		switch {
		case strings.HasPrefix(key, healthKey):
			for _, phase := range append([]string{"none"}, phases...) {
				if problem := checkHealth(text, phase); problem != "" {
					found.Add(document.Source.Problem("data."+key, "phase %q: %s", phase, problem))
				}
			}
		case key == exclusionsKey:
			var exclusions []settings.FilteredResource
			if err := yaml.UnmarshalStrict([]byte(text), &exclusions); err != nil {
				found.Add(document.Source.Problem("data."+key, "%v", err))
			}
		default:
			found.Add(document.Source.Problem("data."+key, "got a key that this program does not read"))
		}
	}
}

func checkHealth(script, phase string) string {
	object := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
	if phase != "none" {
		object.Object["status"] = map[string]any{"phase": phase}
	}
	health, err := lua.VM{}.ExecuteHealthLua(object, script)
	switch {
	case err != nil:
		return err.Error()
	case !slices.Contains(states, string(health.Status)):
		return "got " + string(health.Status) + ", wanted one of " + strings.Join(states, ", ") + ": a wave waits for ever for others"
	}
	return ""
}
