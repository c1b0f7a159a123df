// Package apitest proves that a service's HTTP face stands up to whatever it
// is sent.
//
// It reads the service's OpenAPI document and asks the real handler, on a real
// database, for every operation: as nobody; with each input missing, of every
// wrong type, too long, out of range, not a choice, unknown; with bodies that
// are no JSON, too large or nested ten thousand deep; with ids that are none,
// unknown or somebody else's; with texts no database can keep and instants no
// calendar has; and with some forty requests made at random, on behalf of anybody
// (`make fuzz`: with hundreds).
// A body that is a file, not JSON, is sent empty, cut short, as JSON, as noise,
// too large, and under the wrong type. It wants
//
//   - no 5xx from any input,
//   - every refusal as problem+json that keeps the document, in Chinese, or in
//     English for who prefers it, naming the field that is wrong,
//   - a foreign id answered exactly like one that does not exist,
//   - nothing changed in the database by a request that was refused,
//   - everybody allowed what the service's test says they may, and no more,
//   - a request sent again under its key answered as before, and not done again,
//   - what is done once when it is asked for twice, done once when many ask at once (`make fuzz`),
//   - every success as the document promises it, and no status that it does not have.
//
// A service's test gives one good request for each operation of its document.
// An operation without one, or an id in it that the test says nothing about,
// fails: a new route is not forgotten.
package apitest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// Service is a service's HTTP face as its test has set it up.
type Service struct {
	Document *openapi3.T
	Handler  http.Handler
	Signer   *auth.Signer // whose tokens the handler trusts
	DB       *pgtest.DB

	// People are those on whose behalf every good request is sent once more.
	People []Person
	// Rights says, for each operationId, which status each of People gets.
	Rights map[string][]int
	// Abroad says the same of the ids that Operation.Foreign names, for whom
	// they are not foreign: an officer of the whole city. Without a row, or with
	// 0 in it, a person is refused exactly as if there were no such thing.
	Abroad map[string][]int
	// MayChange names tables that a refusal may write to: counters of wrong tries.
	MayChange []string
	// Elsewhere reports, by operationId, what another Check of the same document
	// examines; nil: this one examines all.
	Elsewhere func(operation string) bool
	// Operations has one example for each operationId of the document.
	Operations map[string]Operation
}

// Person is somebody with or without a part in a thing: "a leader of another team".
type Person struct {
	Name string
	As   auth.Principal
}

// Operation shows how an operation is rightly asked for.
type Operation struct {
	// Good returns a request that will succeed, with every list and object of
	// its body filled so that what is inside can be spoilt. It is called again
	// after each request that was carried out.
	Good func(t testing.TB) Request
	// Also are other good requests: each is sent once.
	Also []func(t testing.TB) Request
	// Foreign names, for every id in the path and the body ("decisions[0].attendance_id"),
	// one that exists and is not the caller's to see or use; "" where there is no such thing.
	Foreign map[string]string
}

// Request is one call of an operation.
type Request struct {
	As    auth.Principal // nobody when it has no volunteer
	Path  map[string]string
	Query url.Values
	Body  any    // encoded as JSON; nil: none
	File  []byte // the body of an operation that takes a file; nil: none
}

// Check examines every operation of the document, each in a subtest of its own.
func Check(t *testing.T, s Service) {
	t.Helper()
	x, err := newExaminer(t, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, complaint := range x.gaps() {
		t.Error(complaint)
	}
	if !long() {
		t.Run("elsewhere there is nothing", func(t *testing.T) { x.wander(t) })
	}
	for _, op := range x.operations {
		if _, ok := s.Operations[op.id]; !ok {
			continue // told above
		}
		t.Run(op.id, func(t *testing.T) {
			x.sent.Store(0)
			if !long() {
				t.Run("refuses what is wrong and does what is right", func(t *testing.T) { x.examine(t, op) })
			}
			t.Run("survives surprises", func(t *testing.T) { x.surprise(t, op) })
			if long() { // so many connections at once are more than many tests side by side have
				t.Run("does once what is done once", func(t *testing.T) { x.race(t, op) })
			}
			t.Logf("%d requests", x.sent.Load())
		})
	}
	x.tally.tell(t, s.Document.Servers[0].URL)
}

// operation is an operation of the document with what belongs to it.
type operation struct {
	id, method, path string
	*openapi3.Operation
	params  []*openapi3.Parameter
	body    *openapi3.Schema // of JSON; nil: none
	unknown int              // fields of the largest body
	file    string           // type of the file that is the body; empty: none
	secured bool
	safe    bool // changes nothing, but for a line that says who looked at what
	noted   bool // that line: x-noted in the document
	example Operation
}

func operationsOf(s Service) []operation {
	var all []operation
	for path, item := range s.Document.Paths.Map() {
		for method, o := range item.Operations() {
			op := operation{
				id:     strings.ToLower(o.OperationID[:1]) + o.OperationID[1:], // the generator embeds it with a capital
				method: method, path: path, Operation: o,
				safe: method == http.MethodGet, noted: o.Extensions["x-noted"] == true, secured: len(s.Document.Security) > 0}
			op.example = s.Operations[op.id]
			if o.Security != nil {
				op.secured = len(*o.Security) > 0
			}
			for _, p := range slices.Concat(item.Parameters, o.Parameters) {
				op.params = append(op.params, p.Value)
			}
			if o.RequestBody != nil {
				if json := o.RequestBody.Value.Content.Get("application/json"); json != nil {
					op.body = json.Schema.Value
				} else {
					op.file = slices.Sorted(maps.Keys(o.RequestBody.Value.Content))[0]
				}
			}
			all = append(all, op)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].id < all[j].id })
	unknown := crowd
	for i := range all {
		if all[i].unknown = unknown; all[i].body != nil && all[i].example.Good != nil {
			unknown = gathered
		}
	}
	return all
}
