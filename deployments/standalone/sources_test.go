package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// law is what our programs' sources may hold nowhere but in the files that are named, each with
// its reason. docs/asvs.md says which requirement each is for.
type law struct {
	except  map[string]string // a file, or a folder that ends with a slash, and why
	imports []string          // packages
	names   []string          // selected from a package: tls.Config
	other   func(n ast.Node, constants map[string]bool) bool
	breaks  []string // controls: what stands in a function, or is imported, and is found
}

// laws are of all programs, by what they keep out.
var laws = map[string]law{
	"memory that nobody watches over": {
		imports: []string{"unsafe", "C"}, breaks: []string{`import "unsafe"`, `import "C"`},
	},
	"chance that can be guessed": {
		imports: []string{"math/rand", "math/rand/v2"}, breaks: []string{`import "math/rand/v2"`},
		except: map[string]string{"shared/demo/": "invents a city, the same each time"},
	},
	"what is broken in cryptography, or too short": {
		imports: []string{
			"crypto/md5", "crypto/sha1", "crypto/des", "crypto/rc4", "crypto/dsa", "crypto/rsa",
			"golang.org/x/crypto/md4", "golang.org/x/crypto/ripemd160", "golang.org/x/crypto/blowfish", "golang.org/x/crypto/cast5", "golang.org/x/crypto/tea", "golang.org/x/crypto/xtea",
		},
		names: []string{
			"cipher.NewCBCEncrypter", "cipher.NewCBCDecrypter", "cipher.NewCTR", "cipher.NewOFB", "cipher.NewCFBEncrypter", "cipher.NewCFBDecrypter", "cipher.NewGCMWithTagSize",
			"elliptic.P224", "sha256.New224", "sha256.Sum224", "sha512.New512_224", "sha512.Sum512_224",
		},
		breaks: []string{`import "crypto/md5"`, `import "crypto/rsa"`, `cipher.NewCTR(nil, nil)`, `elliptic.P224()`},
	},
	"encryption on the wire of one's own choice": {
		names:  []string{"tls.Config"},
		except: map[string]string{"deployments/standalone/internal/city/tls.go": "what browsers are served by"},
		breaks: []string{`x := &tls.Config{InsecureSkipVerify: true}`},
	},
	"a look inside for everybody": {
		imports: []string{"net/http/pprof", "expvar"},
		other: func(n ast.Node, _ map[string]bool) bool { // e.Debug = true: Echo then answers with its errors
			set, ok := n.(*ast.AssignStmt)
			return ok && slices.ContainsFunc(set.Lhs, func(to ast.Expr) bool { s, ok := to.(*ast.SelectorExpr); return ok && s.Sel.Name == "Debug" })
		},
		breaks: []string{`import _ "net/http/pprof"`, `import "expvar"`, `e.Debug = true`},
	},
	"a pattern that somebody typed": {
		other: func(n ast.Node, _ map[string]bool) bool {
			call, name := called(n)
			return call != nil && strings.HasPrefix(name, "regexp.M") && !literal(call.Args[0], nil) || name == "regexp.Compile" || name == "regexp.CompilePOSIX"
		},
		except: map[string]string{"services/teams/internal/sms/http.go": "an operator's setting: by what a good answer is known"},
		breaks: []string{`regexp.MustCompile("^" + typed)`, `regexp.MatchString(typed, "x")`, `regexp.Compile(typed)`},
	},
	"a format that somebody typed": {
		other: func(n ast.Node, constants map[string]bool) bool {
			call, name := called(n)
			at, ok := map[string]int{"fmt.Sprintf": 0, "fmt.Printf": 0, "fmt.Errorf": 0, "fmt.Fprintf": 1, "fmt.Appendf": 1, "fmt.Sscanf": 1}[name]
			return ok && !literal(call.Args[at], constants)
		},
		except: map[string]string{
			"services/hours/cmd/qihe-verify/say.go":                  "its callers' formats, which vet looks at",
			"services/hours/internal/domain/period.go":               "its own formats, by a function in it",
			"services/hours/internal/audit/certificate.go":           "its callers' formats, which vet looks at",
			"services/hours/internal/audit/finding.go":               "its callers' formats, which vet looks at",
			"deployments/standalone/internal/jetstream/jetstream.go": "formats of the NATS server",
		},
		breaks: []string{`fmt.Sprintf(typed)`, `fmt.Fprintf(w, "<"+typed)`},
	},
	"an object of a kind that its sender chooses": {
		imports: []string{"encoding/gob", "plugin", "text/template"}, breaks: []string{`import "encoding/gob"`},
	},
	"a connection that nobody knows of": { // docs/running.md#connections has the same list
		imports: []string{"net/smtp", "net/rpc"},
		names: []string{
			"http.Client", "http.DefaultClient", "http.Transport", "http.DefaultTransport", "http.Get", "http.Head", "http.Post", "http.PostForm",
			"net.Dial", "net.DialTimeout", "net.Dialer", "tls.Dial", "tls.Dialer", "nats.Connect", "sql.Open", "sql.OpenDB", "otlptracehttp.New",
		},
		except: map[string]string{
			"shared/postgres/postgres.go":           "PostgreSQL",
			"shared/postgres/pair.go":               "PostgreSQL",
			"shared/postgres/line.go":               "PostgreSQL",
			"shared/standby/look.go":                "PostgreSQL",
			"shared/localpg/":                       "PostgreSQL on this computer",
			"shared/bus/bus.go":                     "NATS",
			"shared/tracing/tracing.go":             "a collector of traces",
			"shared/auth/keys.go":                   "the portal",
			"shared/people/people.go":               "teams",
			"services/portal/internal/edge/":        "the services",
			"services/teams/internal/sms/sms.go":    "the gateway of text messages",
			"services/hours/cmd/qihe-verify/":       "an auditor's program: what the auditor names",
			"deployments/compose/internal/setup/":   "a command: NATS or a service, whether it is well",
			"deployments/standalone/internal/city/": "its own doors, whether they are open",
			"deployments/standalone/internal/site/": "a command: the databases of a folder",
			"deployments/standalone/drill/":         "a command: its own city",
			"deployments/alerts/":                   "for trying alerts: its own city",
		},
		breaks: []string{`http.Get("https://example.com/" + typed)`, `x := &http.Client{}`, `net.Dial("tcp", typed)`, `import "net/smtp"`},
	},
	"a log that nobody knows of": { // docs/running.md#logs has the same list
		imports: []string{"log", "log/syslog"},
		names:   []string{"slog.NewJSONHandler", "slog.NewTextHandler", "slog.NewLogLogger", "telemetry.NewLogger", "daylog.Open"},
		except: map[string]string{
			"shared/telemetry/telemetry.go": "lines on stderr",
			"services/teams/cmd/":           "lines on stderr",
			"services/tasks/cmd/":           "lines on stderr",
			"services/hours/cmd/hours/":     "lines on stderr",
			"services/pairings/cmd/":        "lines on stderr",
			"services/portal/cmd/":          "lines on stderr",
			"services/portal/service.go":    "visits",
			"deployments/standalone/run.go": "lines on stderr and in a folder, and visits",
		},
		breaks: []string{`import "log/syslog"`, `x := slog.NewJSONHandler(w, nil)`},
	},
}

func called(n ast.Node) (call *ast.CallExpr, name string) {
	if c, ok := n.(*ast.CallExpr); ok {
		return c, selected(c.Fun)
	}
	return nil, ""
}

// selected returns what is taken from a package, as it is written.
func selected(n ast.Node) string {
	if s, ok := n.(*ast.SelectorExpr); ok {
		if of, ok := s.X.(*ast.Ident); ok {
			return of.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// literal reports whether a text stands in the source, or is one of the constants.
func literal(n ast.Expr, constants map[string]bool) bool {
	switch e := n.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return constants[e.Name]
	case *ast.BinaryExpr:
		return literal(e.X, constants) && literal(e.Y, constants)
	case *ast.ParenExpr:
		return literal(e.X, constants)
	}
	return false
}

// broken returns the lines of a source that break each law.
func broken(files *token.FileSet, f *ast.File, constants map[string]bool) map[string][]int {
	found := map[string][]int{}
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		name, path := selected(n), ""
		if i, ok := n.(*ast.ImportSpec); ok {
			path, _ = strconv.Unquote(i.Path.Value)
		}
		for what, l := range laws {
			if name != "" && slices.Contains(l.names, name) || path != "" && slices.Contains(l.imports, path) || l.other != nil && l.other(n, constants) {
				found[what] = append(found[what], files.Position(n.Pos()).Line)
			}
		}
		return true
	})
	return found
}

// excuse returns the exception of the law that a file falls under, or "".
func (l law) excuse(file string) string {
	for name := range l.except {
		if name == file || strings.HasSuffix(name, "/") && strings.HasPrefix(file, name) {
			return name
		}
	}
	return ""
}

// own is what an installation in this folder keeps to itself (qihe-setup prepare); it is not committed.
var own = []string{"deployments/compose/keys", "deployments/compose/state", "deployments/compose/local"}

// sources are the files of our programs that end so, by their path in the repository: not the
// tests, nor what is made by generators, nor what only tests import.
func sources(t *testing.T, ends ...string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, filepath.Join("..", "..")+string(filepath.Separator)))
		if entry.IsDir() {
			if slices.Contains(own, name) || slices.Contains([]string{"node_modules", ".git", "gen", "testdata", "dist", "artefacts", "given", "testkit"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".test.ts") || !slices.Contains(ends, filepath.Ext(name)) {
			return nil
		}
		text, err := os.ReadFile(path) //nolint:gosec // of the repository
		all[name] = string(text)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d sources, %v", len(all), err)
	}
	return all
}

// TestSources looks into each source of our programs for what may not be there, and into a
// source that breaks each law.
func TestSources(t *testing.T) {
	t.Parallel()
	files, parsed, constants := token.NewFileSet(), map[string]*ast.File{}, map[string]map[string]bool{}
	for name, text := range sources(t, ".go") {
		f, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Comments {
			if strings.HasPrefix(c.List[0].Text, "//go:debug") || strings.HasPrefix(c.List[0].Text, "//go:linkname") {
				t.Errorf("%s: %s", name, c.List[0].Text) // takes a protection of Go's back, or goes around its types
			}
		}
		parsed[name] = f
		folder := filepath.Dir(name)
		if constants[folder] == nil {
			constants[folder] = map[string]bool{}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, s := range d.Specs {
					for _, c := range s.(*ast.ValueSpec).Names {
						constants[folder][c.Name] = true
					}
				}
			}
			return true
		})
	}
	needed := map[string]map[string]bool{}
	for what := range laws {
		needed[what] = map[string]bool{}
	}
	for name, f := range parsed {
		for what, lines := range broken(files, f, constants[filepath.Dir(name)]) {
			if excuse := laws[what].excuse(name); excuse != "" {
				needed[what][excuse] = true
				continue
			}
			t.Errorf("%s: %s, lines %v", what, name, lines)
		}
	}
	for what, l := range laws {
		for name := range l.except {
			if !needed[what][name] {
				t.Errorf("%s: %s needs no exception", what, name)
			}
		}
		for _, line := range l.breaks {
			text := "package p\n\n" + line
			if !strings.HasPrefix(line, "import") {
				text = fmt.Sprintf("package p\n\nfunc f() {\n\t%s\n}\n", line)
			}
			f, err := parser.ParseFile(files, "control.go", text, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if len(broken(files, f, nil)[what]) == 0 {
				t.Errorf("control: %s: %s is not found", what, line)
			}
		}
	}
}

// pageLaws are of the pages: what may stand in none of their sources, and what is found.
var pageLaws = map[string]struct {
	is     *regexp.Regexp
	breaks []string
}{
	"text that becomes a program or a page": {
		regexp.MustCompile(`\beval\(|\bnew Function\b|v-html|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|javascript:`),
		[]string{`<p v-html="words" />`, `el.innerHTML = words`, `eval(words)`, `new Function(words)`},
	},
	"a pattern that somebody typed": {
		regexp.MustCompile(`\bRegExp\(`), []string{`new RegExp(words)`},
	},
	"a way to what all objects share": { // a[x][y] = z and a[x].y = z, where x may be __proto__
		regexp.MustCompile(`__proto__|setPrototypeOf|\bprototype\b|[\w)\]!]\[[^'"\]\d][^\]]*\]!?(\.\w+|\[[^\]]+\])\s*=[^=>]`),
		[]string{`all[name][field] = value`, `all[name].wants = value`, `Object.setPrototypeOf(a, b)`, `a.__proto__ = b`, `Array.prototype.last = f`},
	},
	"messages of other pages": {
		regexp.MustCompile(`\.postMessage\(|addEventListener\('message'`), []string{`window.parent.postMessage(words)`},
	},
}

// TestPageSources does the same for the pages.
func TestPageSources(t *testing.T) {
	t.Parallel()
	for name, text := range sources(t, ".ts", ".vue", ".html") {
		for what, l := range pageLaws {
			if found := l.is.FindString(text); found != "" {
				t.Errorf("%s: %s: %s", what, name, found)
			}
		}
	}
	for what, l := range pageLaws {
		for _, line := range l.breaks {
			if !l.is.MatchString(line) {
				t.Errorf("control: %s: %s is not found", what, line)
			}
		}
	}
}

// secret is how keys and passwords look that somebody has left in a file.
var secret = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|PRIVATE\+KEY\+[^+<"\s]+\+[0-9a-f]{8}\+|\bLTAI[0-9A-Za-z]{12,}|://\w+:[0-9A-Za-z]{16,}@|"primaryKeyId"\s*:\s*\d{6}`)

// TestNoSecrets looks for keys and passwords in everything that is no test.
func TestNoSecrets(t *testing.T) {
	t.Parallel()
	for name, text := range sources(t, ".go", ".ts", ".vue", ".yaml", ".env", ".conf", ".md", ".json", ".sql", ".sh", "", ".pem", ".key", ".service") {
		if found := secret.FindString(text); found != "" && name != "deployments/compose/.env" { // which is as those
			t.Errorf("%s holds %.20s…", name, found)
		}
	}
	for _, control := range []string{
		"-----BEGIN PRIVATE KEY-----\n" + strings.Repeat("MC4CAQAwBQYDK2Vw", 4), "PRIVATE+KEY+qihe/hours+0a1b2c3d+AZ1h", "LTAI5tExampleExample", "postgres://teams:ABCDEFGHIJKLMNOPQR@postgres", `"primaryKeyId": 1234567890`,
	} {
		if !secret.MatchString(control) {
			t.Errorf("control: %s is not found", control)
		}
	}
}
