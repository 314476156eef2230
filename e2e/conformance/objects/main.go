// Command objects reads manifests as the API server and the controllers of a cluster would: everything but Velero's part itself, and that with
// programs which have the code of one release of Velero each.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/report"
)

const usage = `usage: objects [-velero MINOR=PROGRAM]... [-definitions FILE]... FOLDER...
       objects -releases FOLDER...

Reads the YAML in folders with upstream's types; -releases prints which releases of Velero they install.
FILE is a JSON list of CustomResourceDefinitions: of their kinds there is no type to link, and the definition decides alone.
`

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(arguments []string) int {
	flags := flag.NewFlagSet("objects", flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	programs := programs{}
	flags.Var(programs, "velero", "")
	releasesOnly := flags.Bool("releases", false, "")
	var files paths
	flags.Var(&files, "definitions", "")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	if flags.NArg() == 0 {
		fmt.Fprint(os.Stderr, "objects: got no folder, wanted one at least\n", usage)
		return 2
	}
	folders, err := readFolders(flags.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "objects:", err)
		return 2
	}
	if *releasesOnly {
		printReleases(folders)
		return 0
	}
	var definitions []customDefinition
	for _, file := range files {
		read, err := readDefinitions(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, "objects:", err)
			return 2
		}
		definitions = append(definitions, read...)
	}
	return check(folders, programs, definitions)
}

func check(folders []folder, programs programs, definitions []customDefinition) int {
	all := report.New()
	for _, one := range folders {
		found, err := one.check(programs, definitions)
		if err != nil {
			fmt.Fprintf(os.Stderr, "objects: %s: %v\n", one.path, err)
			return 1
		}
		for _, problem := range found.Sorted() {
			fmt.Println(problem)
		}
		fmt.Printf("%s: %s%s\n", one.path, velero(found.Release), found.Summary())
		all.Merge(*found)
	}
	fmt.Printf("kinds: %s\n", all.KindNames())
	fmt.Println(all.Summary())
	if len(all.Problems) > 0 {
		return 1
	}
	return 0
}

func velero(release string) string {
	if release == "" {
		return ""
	}
	return "Velero " + release + ", "
}

// paths are files, one a flag.
type paths []string

func (paths *paths) String() string { return "" }

// Set adds one, as a flag.
func (paths *paths) Set(value string) error {
	*paths = append(*paths, value)
	return nil
}

// programs are those that read with the code of Velero, by the minor of its release: 1.16.
type programs map[string]string

func (programs programs) String() string { return "" }

// Set adds one, as a flag.
func (programs programs) Set(value string) error {
	minor, path, ok := strings.Cut(value, "=")
	if !ok {
		return fmt.Errorf("got %q, wanted MINOR=PROGRAM", value)
	}
	programs[minor] = path
	return nil
}
