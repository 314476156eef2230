package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

// Key is a field of the JSON in a ConfigMap; the keys of nested objects are written with dots.
type Key struct {
	Name   string `json:"name"`
	Source string `json:"source"`
}

// configMaps are the structs that the JSON is decoded into, under the names that they have had.
var configMaps = map[string][]string{
	"nodeAgent":   {"NodeAgentConfigs", "Configs"},
	"maintenance": {"JobConfigs"},
}

// declaring are the packages where these structs and those they are made of have stood.
var declaring = []string{"pkg/types", "pkg/nodeagent", "pkg/repository", "pkg/repository/maintenance", "pkg/util/kube"}

type field struct {
	json, kind, source string
}

func configMapKeys(dir string) (map[string][]Key, error) {
	structs := map[string][]field{}
	for _, folder := range declaring {
		if err := declaredStructs(dir, folder, structs); err != nil {
			return nil, err
		}
	}
	found := map[string][]Key{}
	for name, roots := range configMaps {
		found[name] = []Key{}
		for _, root := range roots {
			if len(structs[root]) > 0 {
				found[name] = keysOf(structs, root, "")
				break
			}
		}
		sort.Slice(found[name], func(i, j int) bool { return found[name][i].Name < found[name][j].Name })
	}
	return found, nil
}

func keysOf(structs map[string][]field, name, prefix string) []Key {
	keys := []Key{}
	for _, one := range structs[name] {
		keys = append(keys, Key{Name: prefix + one.json, Source: one.source})
		keys = append(keys, keysOf(structs, one.kind, prefix+one.json+".")...)
	}
	return keys
}

func declaredStructs(dir, folder string, structs map[string][]field) error {
	if _, err := os.Stat(filepath.Join(dir, folder)); err != nil {
		return nil
	}
	positions := token.NewFileSet()
	withoutTests := func(info fs.FileInfo) bool { return !strings.HasSuffix(info.Name(), "_test.go") }
	packages, err := parser.ParseDir(positions, filepath.Join(dir, folder), withoutTests, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, one := range packages {
		ast.Inspect(one, func(node ast.Node) bool {
			spec, ok := node.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if declared, ok := spec.Type.(*ast.StructType); ok {
				name := qualifier(folder) + spec.Name.Name
				structs[name] = append(structs[name], jsonFields(declared, func(at token.Pos) string {
					position := positions.Position(at)
					return fmt.Sprintf("%s:%d", filepath.ToSlash(strings.TrimPrefix(position.Filename, dir+string(filepath.Separator))), position.Line)
				})...)
			}
			return false
		})
	}
	return nil
}

// kube qualifies the structs of pkg/util/kube as those that import it write them; other packages have structs of the same names.
const kube = "kube."

func qualifier(folder string) string {
	if path.Base(folder) == "kube" {
		return kube
	}
	return ""
}

func jsonFields(declared *ast.StructType, place func(token.Pos) string) []field {
	var fields []field
	for _, one := range declared.Fields.List {
		if one.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(one.Tag.Value)
		name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		if name != "" {
			fields = append(fields, field{json: name, kind: element(one.Type), source: place(one.Pos())})
		}
	}
	return fields
}

// element is the name of the type at the bottom of pointers, lists and maps; the objects of Kubernetes are not looked into.
func element(expression ast.Expr) string {
	switch it := expression.(type) {
	case *ast.StarExpr:
		return element(it.X)
	case *ast.ArrayType:
		return element(it.Elt)
	case *ast.MapType:
		return element(it.Value)
	case *ast.SelectorExpr:
		if it.X.(*ast.Ident).Name == "kube" {
			return kube + it.Sel.Name
		}
	case *ast.Ident:
		return it.Name
	}
	return ""
}
