package apitest

import (
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var methods = []string{
	http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "PROPFIND",
}

// wander asks at addresses, and by methods, that the document does not have.
func (x *examiner) wander(t testing.TB) {
	t.Helper()
	before := x.rows(t)
	for path, item := range x.Document.Paths.Map() {
		has := item.Operations()
		if !x.ours(has) {
			continue
		}
		for _, method := range methods {
			if has[method] == nil {
				x.wantNothing(t, operation{method: method, path: path}, x.anyPath(item))
			}
		}
		for _, end := range []string{"/", "/nothing", "/../", "//", "/%00", ";x=1"} {
			x.wantNothing(t, operation{method: http.MethodGet, path: path + end}, x.anyPath(item))
		}
	}
	for _, path := range []string{"", "/", "/nothing", "/..", "/*", "/%2e%2e/%2e%2e/internal/v1/people", "/openapi.yaml", "/debug/pprof/", "/.git/config"} {
		x.wantNothing(t, operation{method: http.MethodGet, path: path}, form{})
	}
	if x.rows(t) != before {
		t.Error("the database has changed")
	}
}

// ours reports whether one of a path's operations is examined here; the others'
// paths are gone to where they are.
func (x *examiner) ours(has map[string]*openapi3.Operation) bool {
	if x.Elsewhere == nil {
		return true
	}
	return slices.ContainsFunc(x.operations, func(op operation) bool {
		_, example := x.Operations[op.id]
		return example && has[op.method] == op.Operation
	})
}

// anyPath fills in the path with an id.
func (x *examiner) anyPath(item *openapi3.PathItem) form {
	f := form{header: http.Header{}, path: map[string]string{}}
	for _, op := range x.operations {
		if !slices.Contains([]*openapi3.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete}, op.Operation) {
			continue
		}
		for _, p := range op.params {
			if p.In == openapi3.ParameterInPath {
				f.path[p.Name] = "0193583c-7d00-7000-8000-000000000001"
			}
		}
	}
	return f
}

func (x *examiner) wantNothing(t testing.TB, op operation, f form) {
	t.Helper()
	if f.header == nil {
		f.header = http.Header{}
	}
	nobody := auth.Principal{}
	for _, as := range []auth.Principal{nobody, {VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}} {
		f.as = as
		a, err := x.send(op, f, "zh")
		if err != nil {
			continue // no client can send it either
		}
		if err := x.judge(a, "zh"); err != nil || a.status < 400 { // what looks like a wrong id may be told so
			t.Errorf("%s %s by %q: %v, %d %s", op.method, x.target(op, f), as.VolunteerID, err, a.status, a.body)
		}
	}
}
