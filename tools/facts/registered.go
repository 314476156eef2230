package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strconv"
)

// Flag is one registration of a flag.
type Flag struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Default string   `json:"default"`
	Values  []string `json:"values,omitempty"`
	Source  string   `json:"source"`
}

// methods of a flag set: their type, and where the name and the default stand among the arguments.
var methods = map[string]struct {
	kind          string
	name, initial int
}{
	"BoolVar":        {"bool", 1, 2},
	"DurationVar":    {"duration", 1, 2},
	"Float32Var":     {"float", 1, 2},
	"IntVar":         {"int", 1, 2},
	"StringVar":      {"string", 1, 2},
	"StringVarP":     {"string", 1, 3},
	"StringSliceVar": {"list", 1, 2},
	"Uint64Var":      {"int", 1, 2},
	"Var":            {"", 1, 0},
}

// own are the flags whose value is of a type of its own: how it is written, what it is when nobody sets it, what it accepts.
// The defaults are those of constructors and String methods, which cannot be read without running them.
var own = map[string]Flag{
	"log-level":                         {Type: "string", Default: "info", Values: []string{"trace", "debug", "info", "warning", "error", "fatal", "panic"}},
	"log-format":                        {Type: "string", Default: "text", Values: []string{"text", "json"}},
	"restore-resource-priorities":       {Type: "list"},
	"default-volume-snapshot-locations": {Type: "map"},
	"features":                          {Type: "list"},
	"colorized":                         {Type: "bool", Default: "true"},
	"v":                                 {Type: "int", Default: "0"},
	"stderrthreshold":                   {Type: "string", Default: "2"},
	"alsologtostderrthreshold":          {Type: "string", Default: "0"},
	"vmodule":                           {Type: "list"},
	"log_backtrace_at":                  {Type: "string", Default: ":0"},
}

func existing(dir string, files []string) string {
	for _, file := range files {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return file
		}
	}
	return files[0]
}

// registered are the flags that a file registers.
func registered(dir, file string) ([]Flag, error) {
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, filepath.Join(dir, file), nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	values := newEvaluator(dir, parsed, filepath.Dir(file))
	var flags []Flag
	var failed error
	ast.Inspect(parsed, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || failed != nil {
			return failed == nil
		}
		flag, ok, err := registration(values, call)
		if err != nil {
			failed = fmt.Errorf("%s: %w", positions.Position(call.Pos()), err)
		} else if ok {
			flag.Source = fmt.Sprintf("%s:%d", file, positions.Position(call.Pos()).Line)
			flags = append(flags, flag)
		}
		return true
	})
	if failed == nil && len(flags) == 0 {
		failed = fmt.Errorf("%s registers no flags any more: find out where they went", file)
	}
	return flags, failed
}

// registration is the flag that a call registers, if that is what it does.
func registration(values *evaluator, call *ast.CallExpr) (flag Flag, ok bool, err error) {
	selector, isMethod := call.Fun.(*ast.SelectorExpr)
	if !isMethod {
		return flag, false, nil
	}
	method, known := methods[selector.Sel.Name]
	if !known || len(call.Args) <= method.name+1 {
		return flag, false, nil
	}
	literal, isLiteral := call.Args[method.name].(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return flag, false, nil
	}
	name, err := strconv.Unquote(literal.Value)
	if err != nil {
		return flag, false, err
	}
	if method.kind == "" {
		flag, ok = own[name]
		if !ok {
			return flag, false, fmt.Errorf("--%s has a type of its own that this program does not know", name)
		}
		if name == "restore-resource-priorities" {
			flag.Default, err = values.priorities()
		}
	} else {
		flag.Type = method.kind
		flag.Default, err = values.text(call.Args[method.initial], method.kind)
	}
	if err == nil && name == "disable-controllers" {
		flag.Values, err = values.disableable(call.Args[len(call.Args)-1])
	}
	flag.Name = name
	return flag, true, err
}

func sorted(flags []Flag) []Flag {
	sort.Slice(flags, func(i, j int) bool { return flags[i].Name < flags[j].Name })
	return flags
}
