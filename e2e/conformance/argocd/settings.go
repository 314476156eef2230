package main

import (
	"encoding/json"
	"fmt"
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
			for _, problem := range checkHealth(text, strings.TrimPrefix(key, healthKey)) {
				found.Add(document.Source.Problem("data."+key, "%s", problem))
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

// checkHealth asks a check about every state that there is of its kind, and tells where it says something else.
func checkHealth(script, kind string) []string {
	all, ok := states[kind]
	if !ok {
		return []string{"got a check of a kind that this program knows no states of"}
	}
	var problems []string
	for _, each := range all {
		object := map[string]any{"spec": map[string]any{}}
		if each.spec != nil {
			object["spec"] = each.spec
		}
		if each.status != nil {
			object["status"] = each.status
		}
		if got := healthOf(script, object); got != each.want {
			problems = append(problems, fmt.Sprintf("spec %v, status %v: got %q, wanted %q", each.spec, each.status, got, each.want))
		}
	}
	return problems
}

func healthOf(script string, object map[string]any) string {
	health, err := lua.VM{}.ExecuteHealthLua(&unstructured.Unstructured{Object: object}, script)
	if err != nil {
		return err.Error()
	}
	return string(health.Status) + ": " + health.Message
}
