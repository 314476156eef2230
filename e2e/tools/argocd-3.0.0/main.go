// Command argocd is ArgoCD's application controller and its repo server, as subcommands. Upstream's own command holds its web interface too.
package main

import (
	"os"

	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/spf13/cobra"
)

func main() {
	command := &cobra.Command{Use: "argocd"}
	command.AddCommand(controller.NewCommand(), reposerver.NewCommand())
	if command.Execute() != nil {
		os.Exit(1)
	}
}
