package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/pods"
	"cdk8s-velero.e2e/conformance/shared/report"
	"cdk8s-velero.e2e/conformance/shared/strict"
)

// veleroGroup is the API group whose types belong to a release of Velero.
const veleroGroup = "velero.io"

// folder is one folder of manifests.
type folder struct {
	path      string
	documents []manifest.Document
	unread    []report.Problem
}

func readFolders(paths []string) ([]folder, error) {
	var folders []folder
	for _, path := range paths {
		documents, unread, err := manifest.Read(path)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder{path, documents, unread})
	}
	return folders, nil
}

func (one folder) check(programs programs, definitions []customDefinition) (*report.Report, error) {
	found := report.New()
	found.Add(one.unread...)
	if err := one.checkObjects(definitions, found); err != nil {
		return nil, err
	}
	return found, one.checkVelero(programs, found)
}

// checkObjects reads every object whose types do not depend on the release of Velero, and all objects by the CRDs of the folder.
// What there is a definition for, and no type, is read by the definition.
func (one folder) checkObjects(definitions []customDefinition, found *report.Report) error {
	scheme, err := newScheme()
	if err != nil {
		return err
	}
	schemas := newSchemas()
	for _, definition := range definitions {
		if issues := schemas.add(definition); len(issues) > 0 {
			return fmt.Errorf("definition of %s: %s: %s", definition.Name, issues[0].Path, issues[0].What)
		}
	}
	untyped := schemas.untyped(scheme)
	keys := map[string]bool{}
	for _, document := range one.documents {
		if key := document.GVK.Group + " " + document.Key(); keys[key] {
			found.Add(document.Source.Problem("", "this object is declared twice in %s", one.path))
		} else {
			keys[key] = true
		}
		if document.GVK.Group == veleroGroup {
			continue
		}
		if untyped[document.GVK] {
			found.Kinds[document.GVK.Kind]++
			for _, issue := range strict.Metadata(document) {
				found.Add(document.Source.Problem(issue.Path, "%s", issue.What))
			}
			continue
		}
		object := strict.Object(document, scheme, found)
		for _, issue := range slices.Concat(monitoringDurations(object), schemas.add(object)) {
			found.Add(document.Source.Problem(issue.Path, "%s", issue.What))
		}
	}
	for _, document := range one.documents {
		schemas.check(document, found)
	}
	return nil
}

// checkVelero lets the program of the release that the folder installs read it.
func (one folder) checkVelero(programs programs, found *report.Report) error {
	releases, problems := one.releases()
	found.Add(problems...)
	if len(releases) == 1 {
		if program, ok := programs[minor(releases[0])]; ok {
			return one.startVelero(program, releases[0], found)
		}
	}
	if source, ok := one.needsVelero(len(releases) > 0); ok && len(problems) == 0 {
		found.Add(source.Problem("", "the folder installs Velero %q, wanted one release that there is a program for, which %q have",
			releases, slices.Sorted(maps.Keys(programs))))
	}
	return nil
}

func (one folder) startVelero(program, release string, found *report.Report) error {
	var output, problems bytes.Buffer
	command := exec.Command(program, one.path)
	command.Stdout, command.Stderr = &output, &problems
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, err, problems.String())
	}
	var read report.Report
	if err := json.Unmarshal(output.Bytes(), &read); err != nil {
		return fmt.Errorf("%s: %w", program, err)
	}
	found.Merge(read)
	found.Release = release
	if release != read.Release {
		found.Release += " by the code of " + read.Release
	}
	return nil
}

// needsVelero is the first document that only a program of Velero can read: an object of Velero, or a container when there are some.
func (one folder) needsVelero(containers bool) (report.Source, bool) {
	for _, document := range one.documents {
		velero := func(container pods.Container) bool { return container.IsVelero() }
		if document.GVK.Group == veleroGroup || containers && slices.ContainsFunc(pods.Containers(document), velero) {
			return document.Source, true
		}
	}
	return report.Source{}, false
}

// releases are those that the images of the folder's containers name.
func (one folder) releases() ([]string, []report.Problem) {
	found := map[string]bool{}
	var problems []report.Problem
	for _, document := range one.documents {
		for _, container := range pods.Containers(document) {
			if !container.IsVelero() {
				continue
			}
			release, err := container.Release()
			if err != nil {
				problems = append(problems, document.Source.Problem(container.Path+".image", "%v", err))
				continue
			}
			found[release] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), problems
}

func printReleases(folders []folder) {
	found := map[string]bool{}
	for _, one := range folders {
		releases, _ := one.releases()
		for _, release := range releases {
			found[release] = true
		}
	}
	for _, release := range slices.Sorted(maps.Keys(found)) {
		fmt.Fprintln(os.Stdout, release)
	}
}

// minor is 1.16 of 1.16.2.
func minor(release string) string {
	return release[:strings.LastIndex(release, ".")]
}
