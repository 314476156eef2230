// Package report says what is wrong with which document, and what was looked at.
package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Source tells a document from all others.
type Source struct {
	File                  string
	Index                 int
	Kind, Namespace, Name string
}

// Problem is what is wrong with a document at a path, which is empty when it is the whole document.
type Problem struct {
	Source
	Path string
	What string
}

// Problem makes one of this document.
func (source Source) Problem(path, format string, values ...any) Problem {
	return Problem{Source: source, Path: path, What: fmt.Sprintf(format, values...)}
}

// String is `file:index kind namespace/name: path: what`, on one line.
func (problem Problem) String() string {
	name := problem.Name
	if problem.Namespace != "" {
		name = problem.Namespace + "/" + name
	}
	parts := []string{strings.TrimSpace(fmt.Sprintf("%s:%d %s %s", problem.File, problem.Index, problem.Kind, name))}
	if problem.Path != "" {
		parts = append(parts, problem.Path)
	}
	return strings.Join(append(parts, strings.Join(strings.Fields(problem.What), " ")), ": ")
}

// Report is what one program found in one folder.
type Report struct {
	Problems []Problem
	// Documents that were decoded, by kind.
	Kinds map[string]int
	// Counts of what else was looked at: flags, crons, durations.
	Counts map[string]int
	// Release of Velero whose code looked, when it was Velero's.
	Release string
}

// Names of counts.
const (
	Flags      = "flags"
	Crons      = "crons"
	Durations  = "durations"
	Selectors  = "label selectors"
	ConfigMaps = "ConfigMaps of Velero"
	Schemas    = "objects by their CRD"
)

// New is an empty report.
func New() *Report {
	return &Report{Kinds: map[string]int{}, Counts: map[string]int{}}
}

// Add takes over problems.
func (report *Report) Add(problems ...Problem) {
	report.Problems = append(report.Problems, problems...)
}

// Count counts one more of something.
func (report *Report) Count(what string) {
	report.Counts[what]++
}

// Merge takes over what another program found.
func (report *Report) Merge(other Report) {
	report.Add(other.Problems...)
	for kind, count := range other.Kinds {
		report.Kinds[kind] += count
	}
	for what, count := range other.Counts {
		report.Counts[what] += count
	}
}

// Sorted are the problems in the order of the documents and their paths.
func (report *Report) Sorted() []Problem {
	return slices.SortedFunc(slices.Values(report.Problems), func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Index, b.Index), strings.Compare(a.Path, b.Path), strings.Compare(a.What, b.What))
	})
}

// Summary is the line of the counts.
func (report *Report) Summary() string {
	documents := 0
	for _, count := range report.Kinds {
		documents += count
	}
	parts := []string{fmt.Sprintf("%d documents", documents), fmt.Sprintf("%d kinds", len(report.Kinds))}
	for _, what := range []string{Flags, Crons, Durations, Selectors, ConfigMaps, Schemas} {
		parts = append(parts, fmt.Sprintf("%d %s", report.Counts[what], what))
	}
	return fmt.Sprintf("%s: %d problems", strings.Join(parts, ", "), len(report.Problems))
}

// KindNames are the kinds of the documents with their numbers.
func (report *Report) KindNames() string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(report.Kinds)) {
		parts = append(parts, fmt.Sprintf("%s %d", kind, report.Kinds[kind]))
	}
	return strings.Join(parts, ", ")
}
