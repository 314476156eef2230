// Command crds writes the CustomResourceDefinitions of each known release of Velero as velero-<version>.json,
// and those of the newest as newest.yaml, the input of `cdk8s import`.
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
	"sort"
	"strings"

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
	releases, err := velero.Releases()
	if err != nil {
		return err
	}
	var newest []string
	for _, release := range releases {
		if newest, err = definitions(release); err != nil {
			return fmt.Errorf("Velero %s: %w", release.Version, err)
		}
		if err := os.WriteFile(filepath.Join(folder, "velero-"+release.Version+".json"), array(newest), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "newest.yaml"), documents(newest), 0o644)
}

// definitions are the definitions of a release by name, each as one line of JSON with its keys sorted.
func definitions(release velero.Release) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(release.Dir, "config", "crd", "*", "bases", "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(files) != wanted {
		return nil, fmt.Errorf("got %d files of definitions, wanted %d", len(files), wanted)
	}
	lines := map[string]string{}
	names := make([]string, 0, wanted)
	for _, file := range files {
		name, line, err := definition(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		lines[name] = line
		names = append(names, name)
	}
	sort.Strings(names)
	sorted := make([]string, len(names))
	for i, name := range names {
		sorted[i] = lines[name]
	}
	return sorted, nil
}

func definition(file string) (name, line string, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	var crd object
	if err := yaml.UnmarshalStrict(content, &crd); err != nil {
		return "", "", err
	}
	if crd["kind"] != "CustomResourceDefinition" {
		return "", "", fmt.Errorf("got kind %v, wanted CustomResourceDefinition", crd["kind"])
	}
	delete(crd, "status")
	metadata := crd["metadata"].(object)
	if metadata["creationTimestamp"] == nil {
		delete(metadata, "creationTimestamp")
	}
	for _, version := range crd["spec"].(object)["versions"].([]any) {
		withoutDescriptions(version.(object)["schema"].(object)["openAPIV3Schema"].(object))
	}
	json, err := encoded(crd)
	return metadata["name"].(string), json, err
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
