package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
	"cdk8s-velero.e2e/conformance/shared/strict"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// schemas are those of the CRDs in a folder, by the kind that they describe.
type schemas struct {
	scheme *runtime.Scheme
	byKind map[schema.GroupVersionKind]*apiextensions.JSONSchemaProps
}

// customDefinition is a CRD that is given apart from the folders.
type customDefinition = *apiextensionsv1.CustomResourceDefinition

// readDefinitions reads a list of CRDs, none without a file.
func readDefinitions(file string) ([]customDefinition, error) {
	if file == "" {
		return nil, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var definitions []customDefinition
	if issues := strict.Decode(content, &definitions); len(issues) > 0 {
		return nil, fmt.Errorf("%s: %s: %s", file, issues[0].Path, issues[0].What)
	}
	return definitions, nil
}

func newSchemas() schemas {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return schemas{scheme, map[schema.GroupVersionKind]*apiextensions.JSONSchemaProps{}}
}

// untyped are the kinds that are described and not in a scheme.
func (all schemas) untyped(scheme *runtime.Scheme) map[schema.GroupVersionKind]bool {
	found := map[schema.GroupVersionKind]bool{}
	for kind := range all.byKind {
		found[kind] = !scheme.Recognizes(kind)
	}
	return found
}

// add takes the schemas of a CRD, after the API server's validation of it: structural schemas, defaults, rules, names.
func (all schemas) add(object runtime.Object) []strict.Issue {
	crd, ok := object.(*apiextensionsv1.CustomResourceDefinition)
	if !ok {
		return nil
	}
	internal, err := all.internal(crd)
	if err != nil {
		return []strict.Issue{{What: err.Error()}}
	}
	if issues := asIssues(crdvalidation.ValidateCustomResourceDefinition(context.Background(), internal)); len(issues) > 0 {
		return issues
	}
	for _, version := range internal.Spec.Versions {
		found, err := apiextensions.GetSchemaForVersion(internal, version.Name)
		if err != nil || found == nil || found.OpenAPIV3Schema == nil {
			return []strict.Issue{{Path: "spec.versions", What: fmt.Sprintf("got no schema of %s, wanted one", version.Name)}}
		}
		all.byKind[schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}] = found.OpenAPIV3Schema
	}
	return nil
}

// internal is the form that the API server validates, with the status that it gives to a new one.
func (all schemas) internal(crd *apiextensionsv1.CustomResourceDefinition) (*apiextensions.CustomResourceDefinition, error) {
	defaulted := crd.DeepCopy()
	all.scheme.Default(defaulted)
	internal := &apiextensions.CustomResourceDefinition{}
	if err := all.scheme.Convert(defaulted, internal, nil); err != nil {
		return nil, err
	}
	internal.Status = apiextensions.CustomResourceDefinitionStatus{}
	for _, version := range internal.Spec.Versions {
		if version.Storage {
			internal.Status.StoredVersions = append(internal.Status.StoredVersions, version.Name)
		}
	}
	return internal, nil
}

// check does with an object what the API server does with it by its CRD, if the folder has that.
func (all schemas) check(document manifest.Document, found *report.Report) {
	described, ok := all.byKind[document.GVK]
	if !ok {
		return
	}
	found.Count(report.Schemas)
	for _, issue := range validate(document, described) {
		found.Add(document.Source.Problem(issue.Path, "by its CRD: %s", issue.What))
	}
}

func validate(document manifest.Document, described *apiextensions.JSONSchemaProps) []strict.Issue {
	var object map[string]any
	if err := json.Unmarshal(document.JSON, &object); err != nil {
		return []strict.Issue{{What: err.Error()}}
	}
	structural, err := structuralschema.NewStructural(described)
	if err != nil {
		return []strict.Issue{{What: err.Error()}}
	}
	validator, _, err := validation.NewSchemaValidator(described)
	if err != nil {
		return []strict.Issue{{What: err.Error()}}
	}
	var issues []strict.Issue
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, structural, true, options) {
		issues = append(issues, strict.Issue{Path: path, What: "unknown field: the API server prunes it"})
	}
	defaulting.Default(object, structural)
	errors := slices.Concat(
		validation.ValidateCustomResource(nil, object, validator),
		listtype.ValidateListSetsAndMaps(nil, structural, object),
		validateRules(object, structural),
	)
	return append(issues, asIssues(errors)...)
}

// validateRules evaluates the rules in CEL, where the schema has some.
func validateRules(object map[string]any, structural *structuralschema.Structural) field.ErrorList {
	validator := cel.NewValidator(structural, true, celconfig.PerCallLimit)
	if validator == nil {
		return nil
	}
	errors, _ := validator.Validate(context.Background(), nil, structural, object, nil, celconfig.RuntimeCELCostBudget)
	return errors
}

func asIssues(errors field.ErrorList) []strict.Issue {
	var issues []strict.Issue
	for _, err := range errors {
		issues = append(issues, strict.Issue{Path: err.Field, What: err.ErrorBody()})
	}
	return issues
}
