package main

import (
	"cmp"
	"go/ast"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// uses says where events are used. Events are named as the source names them:
// tasksv1.SignUpChanged.
type uses struct {
	told  map[string][]string   // files of the event's own service that tell it
	heard map[string][]listener // who does something about it

	packages []sourcePackage
}

// listener is a function somewhere that does something at an event.
type listener struct {
	Who  string // the service
	How  string // durable or following
	Does string // name of the method that is called; empty when it is a function without a name
	File string
}

// sourcePackage is one folder of source.
type sourcePackage struct {
	folder  string // from the root: services/hours/internal/consumer
	service string // hours; empty in shared
	files   map[string]*ast.File
}

// The two ways to listen, as the page calls them.
const (
	durable   = "each once, in a transaction"
	following = "at once, in every replica"
)

// readUses looks through services and shared.
func readUses(root string) (uses, error) {
	u := uses{told: map[string][]string{}, heard: map[string][]listener{}}
	for _, top := range []string{"services", "shared"} {
		if err := u.read(root, top); err != nil {
			return u, err
		}
	}
	takes := u.parameters()
	for _, p := range u.packages {
		for name, file := range p.files {
			u.look(p, name, file, takes)
		}
	}
	for _, files := range u.told {
		slices.Sort(files)
	}
	for _, all := range u.heard {
		slices.SortFunc(all, func(a, b listener) int { return cmp.Or(cmp.Compare(a.Who, b.Who), cmp.Compare(a.File, b.File)) })
	}
	return u, nil
}

func (u *uses) read(root, top string) error {
	return filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		folder, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if slices.Contains([]string{"node_modules", "testkit", "gen", "contract"}, d.Name()) {
			return fs.SkipDir
		}
		fset := token.NewFileSet()
		files, err := parseFolder(fset, path)
		if err != nil || len(files) == 0 {
			return err
		}
		p := sourcePackage{folder: filepath.ToSlash(folder), service: serviceOf(folder), files: map[string]*ast.File{}}
		for _, file := range files {
			p.files[filepath.Base(fset.File(file.Pos()).Name())] = file
		}
		u.packages = append(u.packages, p)
		return nil
	})
}

func serviceOf(folder string) string {
	parts := strings.Split(filepath.ToSlash(folder), "/")
	if parts[0] != "services" || len(parts) < 2 {
		return ""
	}
	return parts[1]
}

// parameters returns, by service and method, the events that a method of its
// app takes: f in inbox.On(r, f).
func (u *uses) parameters() map[string]string {
	takes := map[string]string{}
	for _, p := range u.packages {
		for _, file := range p.files {
			for _, d := range file.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok || f.Type.Params.NumFields() != 3 {
					continue
				}
				last := f.Type.Params.List[len(f.Type.Params.List)-1]
				if list, ok := last.Type.(*ast.ArrayType); ok && eventName(list.Elt) != "" {
					takes[p.service+"."+f.Name.Name] = eventName(list.Elt)
				}
			}
		}
	}
	return takes
}

// look finds what one file tells and hears.
func (u *uses) look(p sourcePackage, name string, file *ast.File, takes map[string]string) {
	path := p.folder + "/" + name
	for _, d := range file.Decls {
		f, isFunc := d.(*ast.FuncDecl)
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if method := inboxOn(n); method != "" {
					e := takes[p.service+"."+method]
					u.heard[e] = append(u.heard[e], listener{Who: p.service, How: durable, Does: method, File: path})
				}
				if e := subjectOf(n); e != "" && isFunc {
					u.follow(p, e, f.Name.Name, path)
				}
			case *ast.CompositeLit:
				e := eventName(n.Type)
				if p.service != "" && strings.HasPrefix(e, p.service+"v") && len(n.Elts) > 0 && !slices.Contains(u.told[e], path) {
					u.told[e] = append(u.told[e], path)
				}
			}
			return true
		})
	}
}

// follow notes who follows the event in that function: in a shared package,
// every service that calls the function.
func (u *uses) follow(p sourcePackage, e, function, path string) {
	if p.service != "" {
		u.heard[e] = append(u.heard[e], listener{Who: p.service, How: following, File: path})
		return
	}
	for _, other := range u.packages {
		if other.service != "" && calls(other, filepath.Base(p.folder), function) {
			u.heard[e] = append(u.heard[e], listener{Who: other.service, How: following, File: path})
		}
	}
}

func calls(p sourcePackage, pkg, function string) (found bool) {
	for _, file := range p.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				found = found || selector(call.Fun) == pkg+"."+function
			}
			return !found
		})
	}
	return found
}
