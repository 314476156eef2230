// Command velero-1.15.2 reads manifests with the code of Velero 1.15.2.
package main

import (
	"github.com/robfig/cron/v3"
	conformance "github.com/vmware-tanzu/velero/cdk8s-velero-conformance"
	"github.com/vmware-tanzu/velero/pkg/nodeagent"
	"github.com/vmware-tanzu/velero/pkg/repository"
	"github.com/vmware-tanzu/velero/pkg/repository/udmrepo"
	"github.com/vmware-tanzu/velero/pkg/uploader"
	"github.com/vmware-tanzu/velero/pkg/util/kube"
)

var release = conformance.Release{
	Version:           "1.15.2",
	ParseCron:         parseCron,
	UploaderType:      uploaderType,
	Resources:         kube.ParseResourceRequirements,
	NodeAgentConfig:   func() any { return &nodeagent.Configs{} },
	MaintenanceConfig: func() any { return &repository.JobConfigs{} },
	RepositoryOptions: []string{udmrepo.StoreOptionCacheLimit},
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
