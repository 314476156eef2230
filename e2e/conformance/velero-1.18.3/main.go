// Command velero-1.18.3 reads manifests with the code of Velero 1.18.3.
package main

import (
	cron "github.com/netresearch/go-cron"
	conformance "github.com/vmware-tanzu/velero/cdk8s-velero-conformance"
	"github.com/vmware-tanzu/velero/pkg/repository/udmrepo"
	"github.com/vmware-tanzu/velero/pkg/types"
	"github.com/vmware-tanzu/velero/pkg/uploader"
	"github.com/vmware-tanzu/velero/pkg/util/kube"
)

var release = conformance.Release{
	Version:           "1.18.3",
	ParseCron:         parseCron,
	UploaderType:      uploaderType,
	Resources:         kube.ParseCPUAndMemoryResources,
	NodeAgentConfig:   func() any { return &types.NodeAgentConfigs{} },
	MaintenanceConfig: func() any { return &types.JobConfigs{} },
	RepositoryOptions: []string{udmrepo.StoreOptionCacheLimit, udmrepo.StoreOptionKeyFullMaintenanceInterval},
}

func main() {
	conformance.Main(release)
}

func parseCron(expression string) error {
	_, err := cron.ParseStandard(expression)
	return err
}

func uploaderType(name string) error {
	_, err := uploader.ValidateUploaderType(name)
	return err
}
