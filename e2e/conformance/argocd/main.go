// Command argocd reads Applications, AppProjects and health checks with ArgoCD's own code, and tells what of a folder ArgoCD would not deliver.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(folders []string) int {
	if len(folders) == 0 {
		fmt.Fprintln(os.Stderr, "usage: argocd FOLDER...")
		return 2
	}
	// What stands in the files of the user must not matter.
	if err := os.Setenv("HOME", "/nonexistent"); err != nil {
		fmt.Fprintln(os.Stderr, "argocd:", err)
		return 2
	}
	all := report.New()
	for _, folder := range folders {
		documents, unread, err := manifest.Read(folder)
		if err != nil {
			fmt.Fprintln(os.Stderr, "argocd:", err)
			return 2
		}
		found := report.New()
		found.Add(unread...)
		if err := check(folder, documents, found); err != nil {
			fmt.Fprintf(os.Stderr, "argocd: %s: %v\n", folder, err)
			return 1
		}
		for _, problem := range found.Sorted() {
			fmt.Println(problem)
		}
		fmt.Printf("%s: ArgoCD %s: %s\n", filepath.Clean(folder), version, found.Summary())
		all.Merge(*found)
	}
	if len(all.Problems) > 0 {
		return 1
	}
	return 0
}
