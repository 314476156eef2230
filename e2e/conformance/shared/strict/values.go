package strict

import (
	"fmt"
	"reflect"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/report"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var (
	duration = reflect.TypeFor[metav1.Duration]()
	selector = reflect.TypeFor[metav1.LabelSelector]()
)

// values reads what an object has as text with a meaning. Durations were parsed by time.ParseDuration when the object was decoded.
func values(object any, found *report.Report) []Issue {
	var issues []Issue
	Walk(object, func(path string, value reflect.Value) {
		switch {
		case value.Type() == duration && !value.IsZero():
			found.Count(report.Durations)
		case value.Type() == selector:
			found.Count(report.Selectors)
			read := value.Interface().(metav1.LabelSelector)
			if _, err := metav1.LabelSelectorAsSelector(&read); err != nil {
				issues = append(issues, Issue{Path: path, What: err.Error()})
			}
		}
	})
	return issues
}

// Walk visits every value in an object, with its path in JSON.
func Walk(object any, visit func(path string, value reflect.Value)) {
	walk("", reflect.ValueOf(object), visit)
}

func walk(path string, value reflect.Value, visit func(string, reflect.Value)) {
	if !value.IsValid() || value.Kind() == reflect.Pointer && value.IsNil() {
		return
	}
	if value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		walk(path, value.Elem(), visit)
		return
	}
	visit(path, value)
	switch value.Kind() {
	case reflect.Struct:
		for index := range value.NumField() {
			if field := value.Type().Field(index); field.IsExported() {
				walk(child(path, field), value.Field(index), visit)
			}
		}
	case reflect.Map:
		for _, key := range value.MapKeys() {
			walk(fmt.Sprintf("%s[%v]", path, key), value.MapIndex(key), visit)
		}
	case reflect.Slice, reflect.Array:
		for index := range value.Len() {
			walk(fmt.Sprintf("%s[%d]", path, index), value.Index(index), visit)
		}
	}
}

// child is the path of a field; one that is inlined has its struct's.
func child(path string, field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	if name == "" {
		return path
	}
	return strings.TrimPrefix(path+"."+name, ".")
}
