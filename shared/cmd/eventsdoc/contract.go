package main

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// contract is what one service tells the others.
type contract struct {
	Package string // teamsv1
	Service string // teams
	Stream  string // TEAMS
	About   string // the package's comment, without its first sentence
	Events  []event
}

// event is one struct of a contract that has a subject.
type event struct {
	Type    string // VolunteerChanged
	Says    string // its comment
	Subject string
	Fields  []field
}

type field struct{ Name, Type, Comment string }

// readContracts reads the packages below shared/contract, in the order of
// their names, and their events in the order of the source.
func readContracts(root string) ([]contract, error) {
	folders, err := filepath.Glob(filepath.Join(root, "shared/contract/*v[0-9]*"))
	if err != nil {
		return nil, err
	}
	var contracts []contract
	for _, folder := range folders {
		c, err := readContract(folder)
		if err != nil {
			return nil, fmt.Errorf("read contract %s: %w", filepath.Base(folder), err)
		}
		contracts = append(contracts, c)
	}
	return contracts, nil
}

func readContract(folder string) (contract, error) {
	fset := token.NewFileSet()
	files, err := parseFolder(fset, folder)
	if err != nil {
		return contract{}, err
	}
	pkg, err := doc.NewFromFiles(fset, files, folder, doc.PreserveAST)
	if err != nil {
		return contract{}, err
	}
	c := contract{Package: pkg.Name, Service: strings.TrimRight(strings.TrimRight(pkg.Name, "0123456789"), "v")}
	if _, more, found := strings.Cut(strings.TrimSpace(pkg.Doc), "\n\n"); found {
		c.About = oneLine(more)
	}
	for _, value := range pkg.Consts {
		if name, text := constant(value); name == "Stream" {
			c.Stream = text
		}
	}
	types := slices.Clone(pkg.Types)
	slices.SortFunc(types, func(a, b *doc.Type) int { return int(a.Decl.Pos() - b.Decl.Pos()) })
	for _, t := range types {
		if e, ok := readEvent(t); ok {
			c.Events = append(c.Events, e)
		}
	}
	return c, nil
}

// readEvent returns a type with a subject; others are parts of events.
func readEvent(t *doc.Type) (event, bool) {
	e := event{Type: t.Name, Says: oneLine(t.Doc)}
	for _, method := range t.Methods {
		if method.Name == "Subject" {
			e.Subject = returned(method.Decl)
		}
	}
	body, ok := t.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType)
	if !ok || e.Subject == "" {
		return e, false
	}
	for _, f := range body.Fields.List {
		e.Fields = append(e.Fields, field{Name: jsonName(f), Type: typeName(f.Type), Comment: oneLine(f.Comment.Text())})
	}
	return e, true
}

// returned is the text that a function of one statement returns.
func returned(f *ast.FuncDecl) string {
	if len(f.Body.List) != 1 {
		return ""
	}
	if ret, ok := f.Body.List[0].(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
		return literal(ret.Results[0])
	}
	return ""
}

func constant(v *doc.Value) (name, text string) {
	spec, ok := v.Decl.Specs[0].(*ast.ValueSpec)
	if !ok || len(spec.Values) != 1 {
		return "", ""
	}
	return spec.Names[0].Name, literal(spec.Values[0])
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok {
		text, _ := strconv.Unquote(l.Value) // the compiler has accepted it
		return text
	}
	return ""
}

func jsonName(f *ast.Field) string {
	name, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json"), ",")
	return name
}

// typeName says a field's type as a reader of the JSON sees it.
func typeName(e ast.Expr) string {
	switch t := e.(type) {
	case *ast.Ident:
		if strings.HasPrefix(t.Name, "int") {
			return "whole number"
		}
		if t.Name == "bool" {
			return "yes or no"
		}
		return "text" // a string, or a contract's own sort of one
	case *ast.SelectorExpr:
		return "time" // the only type of another package that events use
	case *ast.ArrayType:
		return "list of " + typeName(t.Elt)
	case *ast.MapType:
		return typeName(t.Value) + " by name"
	default:
		return ""
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// parseFolder parses the Go files of a folder, without its tests.
func parseFolder(fset *token.FileSet, folder string) ([]*ast.File, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}
