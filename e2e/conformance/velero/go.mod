// The path lies below Velero's: its internal packages, which read the resource policies, can be imported from nowhere else. It is never published.
module github.com/vmware-tanzu/velero/cdk8s-velero-conformance

go 1.26.0

// The oldest that the library emits for: each program raises them to its own.
require (
	cdk8s-velero.e2e/conformance/shared v0.0.0
	github.com/sirupsen/logrus v1.9.3
	github.com/spf13/cobra v1.7.0
	github.com/spf13/pflag v1.0.5
	github.com/vmware-tanzu/velero v1.14.1
	k8s.io/api v0.29.0
	k8s.io/apimachinery v0.29.0
	sigs.k8s.io/controller-runtime v0.17.2
)

replace cdk8s-velero.e2e/conformance/shared => ../shared
