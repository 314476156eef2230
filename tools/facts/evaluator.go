package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const module = "github.com/vmware-tanzu/velero/"

// evaluator knows as much of Go as the defaults of flags need: constants, their arithmetic, and the fields of the one
// composite literal that holds the defaults.
type evaluator struct {
	root     string
	imports  map[string]string
	scope    map[string]ast.Expr
	fields   map[string]ast.Expr
	packages map[string]*evaluator
}

func newEvaluator(root string, file *ast.File, folder string) *evaluator {
	values := &evaluator{root: root, imports: map[string]string{}, fields: map[string]ast.Expr{}, packages: map[string]*evaluator{}}
	values.scope = packageScope(filepath.Join(root, folder))
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		values.imports[name] = imported
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if literal, ok := node.(*ast.CompositeLit); ok && isConfig(literal.Type) {
			values.collect("", literal)
		}
		return true
	})
	return values
}

// isConfig tells by the name of its type whether a literal holds the defaults of a command.
func isConfig(expression ast.Expr) bool {
	name, ok := expression.(*ast.Ident)
	return ok && (name.Name == "Config" || strings.HasSuffix(name.Name, "erverConfig"))
}

func (e *evaluator) collect(prefix string, literal *ast.CompositeLit) {
	for _, element := range literal.Elts {
		pair := element.(*ast.KeyValueExpr)
		name := prefix + pair.Key.(*ast.Ident).Name
		if nested, ok := pair.Value.(*ast.CompositeLit); ok {
			e.collect(name+".", nested)
		}
		e.fields[name] = pair.Value
	}
}

// packageScope holds what a package declares at its top, by name.
func packageScope(folder string) map[string]ast.Expr {
	scope := map[string]ast.Expr{}
	withoutTests := func(info fs.FileInfo) bool { return !strings.HasSuffix(info.Name(), "_test.go") }
	packages, err := parser.ParseDir(token.NewFileSet(), folder, withoutTests, parser.SkipObjectResolution)
	if err != nil {
		return scope
	}
	for _, one := range packages {
		for _, file := range one.Files {
			for _, declaration := range file.Decls {
				declare(scope, declaration)
			}
		}
	}
	return scope
}

func declare(scope map[string]ast.Expr, declaration ast.Decl) {
	general, ok := declaration.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range general.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok || len(value.Values) != len(value.Names) {
			continue
		}
		for i, name := range value.Names {
			scope[name.Name] = value.Values[i]
		}
	}
}

// text is a default as pflag prints it.
func (e *evaluator) text(expression ast.Expr, kind string) (string, error) {
	value, err := e.value(expression)
	if err != nil {
		return "", err
	}
	if value == nil {
		return map[string]string{"bool": "false", "int": "0", "float": "0", "duration": "0s"}[kind], nil
	}
	switch kind {
	case "string":
		return constant.StringVal(value), nil
	case "duration":
		nanoseconds, exact := constant.Int64Val(constant.ToInt(value))
		if !exact {
			return "", fmt.Errorf("%s is no duration", value)
		}
		return time.Duration(nanoseconds).String(), nil
	case "float":
		float, _ := constant.Float64Val(value)
		return strconv.FormatFloat(float, 'g', -1, 64), nil
	default:
		return value.ExactString(), nil
	}
}

var units = map[string]time.Duration{"Second": time.Second, "Minute": time.Minute, "Hour": time.Hour}

// value is nil for a field that nobody sets.
func (e *evaluator) value(expression ast.Expr) (constant.Value, error) {
	switch it := expression.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(it.Value, it.Kind, 0), nil
	case *ast.Ident:
		return e.named(it.Name)
	case *ast.BinaryExpr:
		left, err := e.value(it.X)
		if err != nil {
			return nil, err
		}
		right, err := e.value(it.Y)
		if err != nil {
			return nil, err
		}
		return constant.BinaryOp(left, it.Op, right), nil
	case *ast.SelectorExpr:
		return e.selected(it)
	}
	return nil, fmt.Errorf("a default is an expression that this program does not know: %T", expression)
}

func (e *evaluator) named(name string) (constant.Value, error) {
	if name == "true" || name == "false" {
		return constant.MakeBool(name == "true"), nil
	}
	declared, ok := e.scope[name]
	if !ok {
		return nil, fmt.Errorf("%s is not declared", name)
	}
	return e.value(declared)
}

func (e *evaluator) selected(selector *ast.SelectorExpr) (constant.Value, error) {
	name := selector.Sel.Name
	if from, ok := selector.X.(*ast.Ident); ok {
		if from.Name == "time" {
			return constant.MakeInt64(int64(units[name])), nil
		}
		if imported, ok := e.imports[from.Name]; ok {
			return e.imported(imported).named(name)
		}
		// The constructor of the factory fills it from the environment, the configuration file of the client, and this.
		if from.Name == "f" && name == "namespace" {
			return e.imported(module + "pkg/apis/velero/v1").named("DefaultNamespace")
		}
	}
	if inner, ok := selector.X.(*ast.SelectorExpr); ok {
		name = inner.Sel.Name + "." + name
	}
	set, ok := e.fields[name]
	if !ok {
		return nil, nil
	}
	return e.value(set)
}

func (e *evaluator) imported(name string) *evaluator {
	if e.packages[name] == nil {
		folder := filepath.Join(e.root, strings.TrimPrefix(name, module))
		e.packages[name] = &evaluator{root: e.root, scope: packageScope(folder), packages: map[string]*evaluator{}}
	}
	return e.packages[name]
}

// priorities are the default order of a restore, written as the flag takes it.
func (e *evaluator) priorities() (string, error) {
	literal, ok := e.scope["defaultRestorePriorities"].(*ast.CompositeLit)
	if !ok {
		return "", fmt.Errorf("defaultRestorePriorities is no literal")
	}
	var parts []string
	for _, element := range literal.Elts {
		names, err := e.strings(element.(*ast.KeyValueExpr).Value)
		if err != nil {
			return "", err
		}
		parts = append(parts, strings.Join(names, ","))
	}
	return strings.Join(parts, ",-,"), nil
}

// disableable are the names in the list that the help text of --disable-controllers joins.
func (e *evaluator) disableable(help ast.Expr) ([]string, error) {
	joined := help.(*ast.CallExpr).Args[1].(*ast.CallExpr).Args[0]
	if selector, ok := joined.(*ast.SelectorExpr); ok {
		imported := e.imports[selector.X.(*ast.Ident).Name]
		return e.imported(imported).strings(e.imported(imported).scope[selector.Sel.Name])
	}
	return e.strings(e.scope[joined.(*ast.Ident).Name])
}

func (e *evaluator) strings(expression ast.Expr) ([]string, error) {
	literal, ok := expression.(*ast.CompositeLit)
	if !ok {
		return nil, fmt.Errorf("a list is no literal: %T", expression)
	}
	var found []string
	for _, element := range literal.Elts {
		value, err := e.element(element)
		if err != nil {
			return nil, err
		}
		found = append(found, constant.StringVal(value))
	}
	return found, nil
}

// element resolves names of the package `constant`, whose own package may be another than the one that imports it.
func (e *evaluator) element(expression ast.Expr) (constant.Value, error) {
	if selector, ok := expression.(*ast.SelectorExpr); ok && e.imports == nil {
		return e.imported(module + "pkg/" + selector.X.(*ast.Ident).Name).named(selector.Sel.Name)
	}
	return e.value(expression)
}
