package apitest

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// examiner asks one service.
type examiner struct {
	Service
	prefix     string // of every path
	operations []operation
	router     routers.Router
	problem    *openapi3.Schema
	held       *holdings
	sent       atomic.Int64
	tally      tally // of random requests
}

func newExaminer(t testing.TB, s Service) (*examiner, error) {
	t.Helper()
	x := &examiner{Service: s, operations: operationsOf(s), prefix: s.Document.Servers[0].URL}
	var err error
	if x.router, err = gorillamux.NewRouter(s.Document); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	x.held = newHoldings(t, s.DB, s.MayChange)
	x.problem, err = problemSchema(s.Document)
	return x, err
}

// gaps complains about operations without an example and examples without an operation.
func (x *examiner) gaps() []string {
	var complaints []string
	known := map[string]bool{}
	for _, op := range x.operations {
		known[op.id] = true
		if _, ok := x.Operations[op.id]; !ok && (x.Elsewhere == nil || !x.Elsewhere(op.id)) {
			complaints = append(complaints, fmt.Sprintf("%s %s has no example: give one for %q", op.method, op.path, op.id))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(x.Operations)) {
		if !known[name] {
			complaints = append(complaints, fmt.Sprintf("the document has no operation %q", name))
		}
	}
	return complaints
}

// examine sends the operation everything that is wrong about it, then what is right.
func (x *examiner) examine(t testing.TB, op operation) {
	t.Helper()
	good := x.good(t, op)
	for _, complaint := range op.blindSpots(good) {
		t.Error(complaint)
	}
	before := x.rows(t)
	for _, sample := range op.samples(good) {
		carriedOut, err := x.try(op, good.with(sample.spoil), sample)
		if err != nil {
			t.Errorf("%s: %v", sample.name, err)
		}
		switch after := x.rowsUnless(t, op.safe, before); {
		case carriedOut && !op.safe:
			good = x.good(t, op)
			before = x.rows(t)
		case after != before:
			t.Errorf("%s: refused, yet the database has changed:\nbefore %s\nafter  %s", sample.name, before, after)
			before = after
		}
	}
	if x.rows(t) != before {
		t.Error("what was refused, or only read, has changed the database")
	}
	x.compareForeign(t, op)
	x.compareRights(t, op)
	for _, request := range append([]func(testing.TB) Request{op.example.Good}, op.example.Also...) {
		r := request(t)
		before := x.rows(t)
		x.succeed(t, op, r)
		if op.safe && !op.noted && x.rows(t) != before {
			t.Error("to read has changed the database")
		}
	}
}

// rows says what the database holds.
func (x *examiner) rows(t testing.TB) string {
	t.Helper()
	return x.held.say(t)
}

// rowsUnless saves the question for what is asked by GET: it is put once, at the end.
func (x *examiner) rowsUnless(t testing.TB, safe bool, before string) string {
	if safe {
		return before
	}
	return x.rows(t)
}

func (x *examiner) good(t testing.TB, op operation) form {
	t.Helper()
	f, err := formOf(op.example.Good(t))
	if err != nil {
		t.Fatal(err)
	}
	x.held.relayed(t)
	return f
}

// try sends a sample in both languages, unless it may be carried out, and
// reports whether it was.
func (x *examiner) try(op operation, f form, s sample) (carriedOut bool, err error) {
	for _, lang := range []string{"zh-CN,zh;q=0.9", "en"} {
		a, err := x.send(op, f, lang)
		if err != nil {
			return false, nil //nolint:nilerr // no client can send it either
		}
		if err := x.judge(a, lang); err != nil {
			return a.status < 300, err
		}
		switch {
		case s.code != 0 && a.status != s.code:
			return a.status < 300, fmt.Errorf("status %d, want %d: %s", a.status, s.code, a.body)
		case s.want == survive:
			return a.status < 300, nil
		case a.status < 400:
			return true, fmt.Errorf("accepted with %d: %s", a.status, a.body)
		case s.want == named && !a.problem().names(s.field):
			return false, fmt.Errorf("the refusal does not name %s: %s", s.field, a.body)
		}
	}
	return false, nil
}

// succeed sends a good request and wants the document's success.
func (x *examiner) succeed(t testing.TB, op operation, r Request) {
	t.Helper()
	f, err := formOf(r)
	if err != nil {
		t.Fatal(err)
	}
	if op.repeatable() {
		f.header.Set(idempotencyKey, id.New())
	}
	a, err := x.send(op, f, "zh")
	if err == nil {
		err = x.judge(a, "zh")
	}
	if err != nil || a.status >= 300 {
		t.Fatalf("a good request: %v, %d %s", err, a.status, a.body)
	}
	if op.repeatable() {
		x.repeat(t, op, f, a)
	}
}
