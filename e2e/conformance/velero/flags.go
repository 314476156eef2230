package conformance

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/pods"
	"cdk8s-velero.e2e/conformance/shared/report"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/vmware-tanzu/velero/pkg/cmd/velero"
	"k8s.io/apimachinery/pkg/api/resource"
)

// registered are the flags that packages of Velero have registered when they were loaded.
var registered = flag.CommandLine

// checkContainer parses the arguments of a container with Velero's own commands and reads the ConfigMaps that they name. No command is run.
func (release Release) checkContainer(document manifest.Document, container pods.Container, maps *configMaps, found *report.Report) {
	if len(container.Command) == 0 || container.Command[0] != "/velero" {
		found.Add(document.Source.Problem(container.Path+".command", "got %q, wanted /velero first", container.Command))
		return
	}
	command, err := parse(append(container.Command[1:], container.Args...))
	if err != nil {
		found.Add(document.Source.Problem(container.Path+".args", "%v", err))
		return
	}
	command.Flags().Visit(func(one *pflag.Flag) {
		found.Count(report.Flags)
		if err := release.checkFlag(one); err != nil {
			found.Add(document.Source.Problem(container.Path+".args", "--%s: %v", one.Name, err))
		}
		if strings.HasSuffix(one.Name, "-configmap") {
			maps.readOfFlag(document, container.Path+".args", one)
		}
	})
	if command.CommandPath() == "velero node-agent server" {
		maps.readFixedNodeAgentConfig(document)
	}
}

// parse finds the command and parses its flags.
func parse(arguments []string) (*cobra.Command, error) {
	command, rest, err := root().Find(arguments)
	if err != nil {
		return nil, err
	}
	command.SetOut(io.Discard)
	command.SetErr(io.Discard)
	if err := command.ParseFlags(rest); err != nil {
		return nil, err
	}
	if !command.Runnable() {
		return nil, fmt.Errorf("got `%s`, wanted a command that runs", command.CommandPath())
	}
	left := command.Flags().Args()
	if command.Args == nil && len(left) > 0 {
		return nil, fmt.Errorf("got the arguments %q of `%s`, wanted flags only", left, command.CommandPath())
	}
	return command, errors.Join(command.ValidateArgs(left), command.ValidateRequiredFlags())
}

// root is a new tree of Velero's commands: parsing leaves values in it. Each registers the flags of its log anew.
func root() *cobra.Command {
	flag.CommandLine = flag.NewFlagSet("velero", flag.ContinueOnError)
	registered.VisitAll(func(one *flag.Flag) { flag.CommandLine.Var(one.Value, one.Name, one.Usage) })
	return velero.NewCommand("velero")
}

// checkFlag does what the server does with values when it runs, beyond parsing them.
func (release Release) checkFlag(one *pflag.Flag) error {
	switch {
	case one.Name == "uploader-type":
		return release.UploaderType(one.Value.String())
	case isQuantity(one.Name):
		_, err := resource.ParseQuantity(one.Value.String())
		return err
	}
	return nil
}

func isQuantity(name string) bool {
	for _, suffix := range []string{"-cpu-request", "-mem-request", "-cpu-limit", "-mem-limit"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}
