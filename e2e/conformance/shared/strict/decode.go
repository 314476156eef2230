// Package strict decodes objects with upstream's types and lets nothing pass that they do not hold.
package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kjson "sigs.k8s.io/json"
)

// Issue is what is wrong at a path of a value.
type Issue struct{ Path, What string }

// Object decodes a document with the type that a scheme has for it, counts it, and reads its durations and label selectors.
// A kind that the scheme does not know is a problem, and the object nil.
func Object(document manifest.Document, scheme *runtime.Scheme, found *report.Report) runtime.Object {
	found.Kinds[document.GVK.Kind]++
	if strings.HasSuffix(document.GVK.Kind, "List") {
		found.Add(document.Source.Problem("kind", "a list hides its items, wanted each as a document of its own"))
		return nil
	}
	object, err := scheme.New(document.GVK)
	if err != nil {
		found.Add(document.Source.Problem("kind", "got %s of %s, wanted a kind that this program has the upstream type of",
			document.GVK.Kind, document.GVK.GroupVersion()))
		return nil
	}
	issues := Decode(document.JSON, object)
	if len(issues) == 0 {
		issues = values(object, found)
	}
	for _, issue := range issues {
		found.Add(document.Source.Problem(issue.Path, "%s", issue.What))
	}
	return object
}

// Metadata reads the metadata of a document, for a kind whose type is not known.
func Metadata(document manifest.Document) []Issue {
	var whole struct {
		Metadata json.RawMessage `json:"metadata"`
	}
	if err := json.Unmarshal(document.JSON, &whole); err != nil {
		return []Issue{{What: err.Error()}}
	}
	issues := Decode(whole.Metadata, &metav1.ObjectMeta{})
	for index := range issues {
		issues[index].Path = strings.TrimSuffix("metadata."+issues[index].Path, ".")
	}
	return issues
}

// Decode decodes JSON into a pointer. Issues are wrong types and values, unknown fields, also those in another case, duplicate keys,
// and what types with a decoder of their own drop.
func Decode(text []byte, into any) []Issue {
	unknown, err := kjson.UnmarshalStrict(text, into)
	if err != nil {
		return wrong(text, into, err)
	}
	var issues []Issue
	for _, err := range unknown {
		issues = append(issues, unknownField(err))
	}
	if len(issues) > 0 {
		return issues
	}
	return dropped(text, into)
}

func unknownField(err error) Issue {
	var field kjson.FieldError
	if !errors.As(err, &field) {
		return Issue{What: err.Error()}
	}
	return Issue{Path: field.FieldPath(), What: strings.TrimSuffix(strings.Replace(err.Error(), fmt.Sprintf("%q", field.FieldPath()), "", 1), " ")}
}

// dropped finds what is in the text and not in the value: some types decode themselves, and leniently.
func dropped(text []byte, value any) []Issue {
	again, err := json.Marshal(value)
	if err != nil {
		return []Issue{{What: err.Error()}}
	}
	var before, after any
	if err := errors.Join(json.Unmarshal(text, &before), json.Unmarshal(again, &after)); err != nil {
		return []Issue{{What: err.Error()}}
	}
	return missing("", before, after)
}

// missing compares what is there, not its form: 1024Mi is 1Gi afterwards.
func missing(path string, before, after any) []Issue {
	var issues []Issue
	switch was := before.(type) {
	case map[string]any:
		is, _ := after.(map[string]any)
		for key, value := range was {
			here := strings.TrimPrefix(path+"."+key, ".")
			if inner, ok := is[key]; ok {
				issues = append(issues, missing(here, value, inner)...)
			} else if !empty(value) {
				issues = append(issues, Issue{Path: here, What: "unknown field: the upstream type drops it"})
			}
		}
	case []any:
		is, _ := after.([]any)
		if len(is) != len(was) {
			return []Issue{{Path: path, What: fmt.Sprintf("got %d items, of which the upstream type keeps %d", len(was), len(is))}}
		}
		for index, value := range was {
			issues = append(issues, missing(fmt.Sprintf("%s[%d]", path, index), value, is[index])...)
		}
	}
	return issues
}

// empty values are left out when they are encoded.
func empty(value any) bool {
	switch it := value.(type) {
	case map[string]any:
		for _, inner := range it {
			if !empty(inner) {
				return false
			}
		}
		return true
	case []any:
		return len(it) == 0
	default:
		return it == nil || it == "" || it == false || it == 0.0
	}
}
