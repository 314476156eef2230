package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strings"
)

const metricsFile = "pkg/metrics/metrics.go"

// Metric is one that a program exposes, under the name that Prometheus stores.
type Metric struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	Labels []string `json:"labels"`
	Source string   `json:"source"`
}

// exposing are the functions that make the metrics of each program.
var exposing = map[string]string{"NewServerMetrics": "server", "NewNodeMetrics": "nodeAgent"}

func metrics(dir string) (map[string][]Metric, error) {
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, filepath.Join(dir, metricsFile), nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	values := newEvaluator(dir, file, filepath.Dir(metricsFile))
	found := map[string][]Metric{}
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || exposing[function.Name.Name] == "" {
			continue
		}
		program := exposing[function.Name.Name]
		ast.Inspect(function, func(node ast.Node) bool {
			metric, ok, failed := metricOf(values, node)
			if failed != nil {
				err = fmt.Errorf("%s: %w", positions.Position(node.Pos()), failed)
			} else if ok {
				metric.Source = fmt.Sprintf("%s:%d", metricsFile, positions.Position(node.Pos()).Line)
				found[program] = append(found[program], metric)
			}
			return err == nil
		})
		sort.Slice(found[program], func(i, j int) bool { return found[program][i].Name < found[program][j].Name })
	}
	return found, err
}

func metricOf(values *evaluator, node ast.Node) (metric Metric, ok bool, err error) {
	call, isCall := node.(*ast.CallExpr)
	if !isCall {
		return metric, false, nil
	}
	constructor, isSelector := call.Fun.(*ast.SelectorExpr)
	if !isSelector {
		return metric, false, nil
	}
	kind, isNew := strings.CutPrefix(constructor.Sel.Name, "New")
	kind = strings.ToLower(strings.TrimSuffix(kind, "Vec"))
	if !isNew || (kind != "gauge" && kind != "counter" && kind != "histogram") {
		return metric, false, nil
	}
	options := map[string]string{}
	for _, option := range call.Args[0].(*ast.CompositeLit).Elts {
		pair := option.(*ast.KeyValueExpr)
		if name := pair.Key.(*ast.Ident).Name; name == "Namespace" || name == "Name" || name == "Subsystem" {
			value, err := values.value(pair.Value)
			if err != nil {
				return metric, false, err
			}
			options[name] = constant.StringVal(value)
		}
	}
	if options["Subsystem"] != "" {
		return metric, false, fmt.Errorf("a metric has a subsystem, which this program does not know")
	}
	metric = Metric{Name: options["Namespace"] + "_" + options["Name"], Type: kind, Labels: []string{}}
	if len(call.Args) > 1 {
		metric.Labels, err = values.strings(call.Args[1])
	}
	return metric, true, err
}
