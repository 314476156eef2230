package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	kjson "sigs.k8s.io/json"
)

// wrong says where the value is that cannot be decoded, and what else is wrong when it is gone. Decoders stop at the first and may not say where.
func wrong(text []byte, into any, failure error) []Issue {
	var whole any
	if err := json.Unmarshal(text, &whole); err != nil {
		return []Issue{{What: err.Error()}}
	}
	fails := func(value any) bool {
		text, err := json.Marshal(value)
		if err == nil {
			_, err = kjson.UnmarshalStrict(text, another(into))
		}
		return err != nil && err.Error() == failure.Error()
	}
	place := locate(whole, fails)
	issues := []Issue{{Path: pathOf(place), What: saidOf(failure)}}
	if len(place) == 0 || !remove(whole, place) {
		return issues
	}
	rest, err := json.Marshal(whole)
	if err != nil {
		return append(issues, Issue{What: err.Error()})
	}
	return append(issues, Decode(rest, another(into))...)
}

// another is an empty value of the same type.
func another(pointer any) any {
	return reflect.New(reflect.TypeOf(pointer).Elem()).Interface()
}

// locate finds the keys and indexes that lead to the one value with which decoding fails, even without all others.
func locate(value any, fails func(any) bool) []any {
	switch it := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(it)) {
			inside := func(inner any) bool { return fails(map[string]any{key: inner}) }
			if inside(it[key]) {
				return append([]any{key}, locate(it[key], inside)...)
			}
		}
	case []any:
		for index, item := range it {
			inside := func(inner any) bool { return fails([]any{inner}) }
			if inside(item) {
				return append([]any{index}, locate(item, inside)...)
			}
		}
	}
	return nil
}

// remove takes a value away; in a list, null stands for it. It says whether that changed anything.
func remove(value any, place []any) bool {
	for _, step := range place[:len(place)-1] {
		value = at(value, step)
	}
	last := place[len(place)-1]
	if list, ok := value.([]any); ok {
		index := last.(int)
		there := list[index] != nil
		list[index] = nil
		return there
	}
	delete(value.(map[string]any), last.(string))
	return true
}

func at(value, step any) any {
	if list, ok := value.([]any); ok {
		return list[step.(int)]
	}
	return value.(map[string]any)[step.(string)]
}

func pathOf(place []any) string {
	var path strings.Builder
	for _, step := range place {
		if index, ok := step.(int); ok {
			fmt.Fprintf(&path, "[%d]", index)
		} else {
			fmt.Fprintf(&path, ".%s", step)
		}
	}
	return strings.TrimPrefix(path.String(), ".")
}

func saidOf(failure error) string {
	var typed *json.UnmarshalTypeError
	if errors.As(failure, &typed) {
		return fmt.Sprintf("got a JSON %s, wanted %s", typed.Value, typed.Type)
	}
	return failure.Error()
}
