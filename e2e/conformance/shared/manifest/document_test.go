package manifest

import (
	"fmt"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata: {text: \"---\\n\"}\n"
	for _, test := range []struct {
		name, text, documents, problem string
	}{
		{"one", object, "0", ""},
		{"two", object + "---\n" + object, "0 1", ""},
		{"empty ones count", "---\n# nothing\n---\n" + object, "1", ""},
		{"a key twice", object + "kind: Secret\n", "", `a.yaml:0: yaml: unmarshal errors: line 5: key "kind" already set in map`},
		{"no YAML beside an object", "a: {\n---\n" + object, "1", "a.yaml:0: yaml: line 1"},
		{"no name", "apiVersion: v1\nkind: Pod\n", "", `a.yaml:0 Pod: got apiVersion "v1", kind "Pod" and name "", wanted all three`},
		{"no object", "- a\n", "", "a.yaml:0: no object"},
	} {
		t.Run(test.name, func(t *testing.T) {
			documents, problems := Parse("a.yaml", []byte(test.text))
			var indexes []string
			for _, document := range documents {
				indexes = append(indexes, fmt.Sprint(document.Source.Index))
			}
			if got := strings.Join(indexes, " "); got != test.documents {
				t.Errorf("got the documents %q, wanted %q", got, test.documents)
			}
			if got := fmt.Sprint(problems); !strings.Contains(got, test.problem) || (len(problems) == 0) != (test.problem == "") {
				t.Errorf("got %s, wanted %q", got, test.problem)
			}
		})
	}
}
