// Command velero-1.14.1 reads manifests with the code of Velero 1.14.1.
package main

import (
	"github.com/robfig/cron"
	conformance "github.com/vmware-tanzu/velero/cdk8s-velero-conformance"
	"github.com/vmware-tanzu/velero/pkg/nodeagent"
	"github.com/vmware-tanzu/velero/pkg/uploader"
	"github.com/vmware-tanzu/velero/pkg/util/kube"
)

var release = conformance.Release{
	Version:             "1.14.1",
	ParseCron:           parseCron,
	UploaderType:        uploader.ValidateUploaderType,
	Resources:           kube.ParseResourceRequirements,
	NodeAgentConfig:     func() any { return &nodeagent.Configs{} },
	NodeAgentConfigName: "node-agent-config",
}

func main() {
	conformance.Main(release)
}

func parseCron(expression string) error {
	_, err := cron.ParseStandard(expression)
	return err
}
