package main

import (
	"errors"
	"reflect"

	"cdk8s-velero.e2e/conformance/shared/strict"
	sealedsecrets "github.com/bitnami-labs/sealed-secrets/pkg/apis/sealedsecrets/v1alpha1"
	externalsecrets "github.com/external-secrets/external-secrets/apis/externalsecrets/v1"
	objectbucket "github.com/kube-object-storage/lib-bucket-provisioner/pkg/apis/objectbucket.io/v1alpha1"
	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus/common/model"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apimachinery/pkg/runtime"
	kubernetes "k8s.io/client-go/kubernetes/scheme"
)

// newScheme has the types of every kind that the library emits, but Velero's.
func newScheme() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return scheme, errors.Join(
		kubernetes.AddToScheme(scheme),
		sealedsecrets.AddToScheme(scheme),
		monitoring.AddToScheme(scheme),
		objectbucket.AddToScheme(scheme),
		externalsecrets.AddToScheme(scheme),
	)
}

// monitoringDurations parses the intervals of monitors as Prometheus does: their type takes any text.
func monitoringDurations(object runtime.Object) []strict.Issue {
	var issues []strict.Issue
	strict.Walk(object, func(path string, value reflect.Value) {
		if duration, ok := value.Interface().(monitoring.Duration); ok && duration != "" {
			if _, err := model.ParseDuration(string(duration)); err != nil {
				issues = append(issues, strict.Issue{Path: path, What: err.Error()})
			}
		}
	})
	return issues
}
