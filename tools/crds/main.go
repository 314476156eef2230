// Command crds writes the CustomResourceDefinitions of each known release of Velero as velero-<version>.json and those of Rook that the library
// emits objects of as rook-<version>.json, and those of the newest of both as newest.yaml, the input of `cdk8s import`.
//
// What is left out: the descriptions in schemas (two thirds of the bytes), the status and the null creationTimestamp.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"cdk8s-velero.invalid/tools/rook"
	"cdk8s-velero.invalid/tools/velero"
	"sigs.k8s.io/yaml"
)

const wanted = 13

type object = map[string]any

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: crds FOLDER")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(folder string) error {
	ofVelero, err := definitionsOfVelero(folder)
	if err != nil {
		return err
	}
	ofRook, err := definitionsOfRook(folder)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "newest.yaml"), documents(slices.Concat(ofVelero, ofRook)), 0o644)
}

// definitionsOfVelero returns those of the newest release.
func definitionsOfVelero(folder string) (newest []string, err error) {
	releases, err := velero.Releases()
	if err != nil {
		return nil, err
	}
	for _, release := range releases {
		files, err := filepath.Glob(filepath.Join(release.Dir, "config", "crd", "*", "bases", "*.yaml"))
		if err != nil {
			return nil, err
		}
		if newest, err = write(filepath.Join(folder, "velero-"+release.Version+".json"), files, wanted, every); err != nil {
			return nil, fmt.Errorf("Velero %s: %w", release.Version, err)
		}
	}
	return newest, nil
}

// definitionsOfRook returns those of the newest release.
func definitionsOfRook(folder string) (newest []string, err error) {
	releases, err := rook.Releases()
	if err != nil {
		return nil, err
	}
	for _, release := range releases {
		file := filepath.Join(folder, "rook-"+release.Version+".json")
		emitted := func(kind string) bool { return slices.Contains(rook.Kinds, kind) }
		if newest, err = write(file, []string{release.Definitions}, len(rook.Kinds), emitted); err != nil {
			return nil, fmt.Errorf("Rook %s: %w", release.Version, err)
		}
	}
	return newest, nil
}

func every(string) bool { return true }

// write puts the definitions of kinds in files into one, by name, each as one line of JSON with its keys sorted, and returns the lines.
func write(to string, files []string, wanted int, kinds func(kind string) bool) ([]string, error) {
	lines := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, document := range bytes.Split(content, []byte("\n---")) {
			if err := add(lines, document, kinds); err != nil {
				return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
			}
		}
	}
	if len(lines) != wanted {
		return nil, fmt.Errorf("got %d definitions, wanted %d", len(lines), wanted)
	}
	names := make([]string, 0, wanted)
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	sorted := make([]string, len(names))
	for i, name := range names {
		sorted[i] = lines[name]
	}
	return sorted, os.WriteFile(to, array(sorted), 0o644)
}

// add takes a document of YAML that is empty or one definition.
func add(lines map[string]string, document []byte, kinds func(kind string) bool) error {
	var crd object
	if err := yaml.UnmarshalStrict(document, &crd); err != nil || crd == nil {
		return err
	}
	if crd["kind"] != "CustomResourceDefinition" {
		return fmt.Errorf("got kind %v, wanted CustomResourceDefinition", crd["kind"])
	}
	spec := crd["spec"].(object)
	if !kinds(spec["names"].(object)["kind"].(string)) {
		return nil
	}
	delete(crd, "status")
	metadata := crd["metadata"].(object)
	if metadata["creationTimestamp"] == nil {
		delete(metadata, "creationTimestamp")
	}
	for _, version := range spec["versions"].([]any) {
		withoutDescriptions(version.(object)["schema"].(object)["openAPIV3Schema"].(object))
	}
	line, err := encoded(crd)
	lines[metadata["name"].(string)] = line
	return err
}

// withoutDescriptions walks schemas only: a property that is called "description" is a key of `properties`, not of a schema.
func withoutDescriptions(schema object) {
	delete(schema, "description")
	for _, keyword := range []string{"properties", "patternProperties", "definitions", "dependencies"} {
		if named, ok := schema[keyword].(object); ok {
			for _, inner := range named {
				descend(inner)
			}
		}
	}
	for _, keyword := range []string{"items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf"} {
		descend(schema[keyword])
	}
}

// descend takes what stands where a schema may stand: a schema, a list of them, or a boolean.
func descend(value any) {
	switch inner := value.(type) {
	case object:
		withoutDescriptions(inner)
	case []any:
		for _, one := range inner {
			descend(one)
		}
	}
}

// encoded sorts keys, as encoding/json does with maps, and leaves <, > and & as they are.
func encoded(value object) (string, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return string(bytes.TrimSpace(buffer.Bytes())), err
}

func array(lines []string) []byte {
	return []byte("[\n" + strings.Join(lines, ",\n") + "\n]\n")
}

func documents(lines []string) []byte {
	return []byte(strings.Join(lines, "\n---\n") + "\n")
}
