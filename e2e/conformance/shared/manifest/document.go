// Package manifest reads folders of YAML.
package manifest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/report"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Document is one object of a file.
type Document struct {
	Source report.Source
	// JSON is the document as JSON; its keys are unique.
	JSON []byte
	GVK  schema.GroupVersionKind
	// Labels are those of its metadata.
	Labels map[string]string
}

// Key is how other objects refer to it.
func (document Document) Key() string {
	return Key(document.GVK.Kind, document.Source.Namespace, document.Source.Name)
}

// Key is how a kind, a namespace and a name are one string.
func Key(kind, namespace, name string) string {
	return kind + " " + namespace + "/" + name
}

// Read reads every file of YAML in a folder and below it, in the order of their names. What is no object is a problem.
func Read(folder string) ([]Document, []report.Problem, error) {
	files, err := yamlFiles(folder)
	if err != nil {
		return nil, nil, err
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("%s: got no file *.yaml or *.yml, wanted one at least", folder)
	}
	var documents []Document
	var problems []report.Problem
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		found, bad := Parse(file, content)
		documents = append(documents, found...)
		problems = append(problems, bad...)
	}
	return documents, problems, nil
}

func yamlFiles(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if extension := filepath.Ext(path); err == nil && !entry.IsDir() && (extension == ".yaml" || extension == ".yml") {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// Parse splits a file into its documents; empty ones count in the index and are left out.
func Parse(file string, content []byte) (documents []Document, problems []report.Problem) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	for index := 0; ; index++ {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, problems
		}
		source := report.Source{File: file, Index: index}
		if err != nil {
			return documents, append(problems, source.Problem("", "%v", err))
		}
		document, err := parse(source, text)
		switch {
		case err != nil:
			problems = append(problems, document.Source.Problem("", "%v", err))
		case document.JSON != nil:
			documents = append(documents, document)
		}
	}
}

// head is what every object has.
type head struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Namespace string            `json:"namespace"`
		Name      string            `json:"name"`
		Labels    map[string]string `json:"labels"`
	} `json:"metadata"`
}

func parse(source report.Source, text []byte) (Document, error) {
	converted, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return Document{Source: source}, errors.New(strings.ReplaceAll(err.Error(), "\n", " "))
	}
	if string(converted) == "null" {
		return Document{Source: source}, nil
	}
	var read head
	if err := json.Unmarshal(converted, &read); err != nil {
		return Document{Source: source}, fmt.Errorf("no object: %w", err)
	}
	source.Kind, source.Namespace, source.Name = read.Kind, read.Metadata.Namespace, read.Metadata.Name
	document := Document{Source: source, JSON: converted, GVK: schema.FromAPIVersionAndKind(read.APIVersion, read.Kind), Labels: read.Metadata.Labels}
	if read.APIVersion == "" || read.Kind == "" || read.Metadata.Name == "" {
		return document, fmt.Errorf("got apiVersion %q, kind %q and name %q, wanted all three", read.APIVersion, read.Kind, read.Metadata.Name)
	}
	return document, nil
}
