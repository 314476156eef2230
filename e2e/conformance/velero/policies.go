package conformance

import (
	"context"
	"io"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/strict"
	"github.com/sirupsen/logrus"
	"github.com/vmware-tanzu/velero/internal/resourcemodifiers"
	"github.com/vmware-tanzu/velero/internal/resourcepolicies"
	velerov1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// readPolicies reads the resource policies that a Schedule or Backup refers to.
func (maps *configMaps) readPolicies(by manifest.Document, path string, reference *corev1.TypedLocalObjectReference) {
	if reference != nil {
		maps.readNamed(by, path, reference.Name, "resource policies", policies)
	}
}

// readModifiers reads the resource modifiers that a Restore refers to.
func (maps *configMaps) readModifiers(by manifest.Document, path string, reference *corev1.TypedLocalObjectReference) {
	if reference != nil {
		maps.readNamed(by, path, reference.Name, "resource modifiers", modifiers)
	}
}

// policies reads and validates resource policies as a backup does.
func policies(object corev1.ConfigMap) []strict.Issue {
	// Its errors name the backup and not the ConfigMap.
	backup := velerov1.Backup{ObjectMeta: metav1.ObjectMeta{Namespace: object.Namespace, Name: object.Name}}
	backup.Spec.ResourcePolicy = &corev1.TypedLocalObjectReference{Kind: resourcepolicies.ConfigmapRefType, Name: object.Name}
	log := logrus.New()
	log.SetOutput(io.Discard)
	_, err := resourcepolicies.GetResourcePoliciesFromBackup(backup, oneConfigMap{object: object}, log)
	return asIssue(err)
}

// modifiers reads and validates resource modifiers as a restore does.
func modifiers(object corev1.ConfigMap) []strict.Issue {
	read, err := resourcemodifiers.GetResourceModifiersFromConfig(&object)
	if err == nil {
		err = read.Validate()
	}
	return asIssue(err)
}

func asIssue(err error) []strict.Issue {
	if err == nil {
		return nil
	}
	return []strict.Issue{{Path: "data", What: err.Error()}}
}

// oneConfigMap is a client of a cluster that has nothing else.
type oneConfigMap struct {
	client.Client
	object corev1.ConfigMap
}

func (cluster oneConfigMap) Get(_ context.Context, _ client.ObjectKey, into client.Object, _ ...client.GetOption) error {
	cluster.object.DeepCopyInto(into.(*corev1.ConfigMap))
	return nil
}
