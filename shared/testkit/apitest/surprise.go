package apitest

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// requests is how many random requests each operation is sent by `make fuzz`. Without it, all
// else is examined too, and these are few: they come on top of the hundreds that examine makes.
var requests = flag.Int("apitest.requests", 0, "send each operation so many random requests, and examine nothing else")

const (
	fewRequests = 40
	perTurn     = 2

	// usualSeed makes the few requests the same each time: what `make test` finds today was
	// not there yesterday. `make fuzz` gives another.
	usualSeed = "20261127"
)

func long() bool { return *requests > 0 }

func turns() int {
	if long() {
		return (*requests + perTurn - 1) / perTurn
	}
	return fewRequests / perTurn
}

// settle sets what rapid reads from flags, once: parts of a service may be
// examined side by side. What fails is told with its seed; a file would be
// left in the source tree.
var settle = sync.OnceFunc(func() {
	_ = flag.Set("rapid.nofailfile", "true")
	_ = flag.Set("rapid.shrinktime", "5s")
	_ = flag.Set("rapid.checks", strconv.Itoa(turns()))
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == seed.DefValue {
		_ = flag.Set("rapid.seed", usualSeed)
	}
})

// surprise sends requests made at random, on behalf of anybody: good ones, ones made of whatever
// the document allows, and both with up to three places changed into what it forbids or nobody
// thought of. What fails is made smaller until it is plain.
func (x *examiner) surprise(t testing.TB, op operation) {
	t.Helper()
	settle()
	good := x.good(t, op)
	before := x.rows(t)
	rapid.Check(t, func(r *rapid.T) {
		for range perTurn {
			f := x.draw(r, op, good)
			a, err := x.send(op, f, "zh")
			if err != nil {
				continue // no client can send it either
			}
			x.tally.add(op.id, a.status)
			if err := x.judge(a, "zh"); err != nil {
				r.Fatalf("%s %s\n%s\n%v", op.method, x.target(op, f), shortened(f.text()), err)
			}
			after := x.rowsUnless(t, op.safe, before)
			if a.status < 300 && !op.safe {
				good = x.good(t, op)
				before = x.rows(t)
			} else if after != before {
				r.Fatalf("%s %s\n%s\nrefused with %d, yet the database has changed:\nbefore %s\nafter  %s",
					op.method, x.target(op, f), shortened(f.text()), a.status, before, after)
			}
		}
	})
	if x.rows(t) != before {
		t.Error("what was refused, or only read, has changed the database")
	}
}

// draw makes a request of a good one.
func (x *examiner) draw(r *rapid.T, op operation, good form) form {
	return good.with(func(f *form) {
		switch rapid.IntRange(0, 5).Draw(r, "request") {
		case 0:
		case 1, 2:
			op.invent(r, f)
		case 3:
			op.invent(r, f)
			op.spoil(r, f)
		default:
			op.spoil(r, f)
		}
		x.drawPerson(r, f)
	})
}

// drawPerson puts somebody else in the place of who may ask, or nobody.
func (x *examiner) drawPerson(r *rapid.T, f *form) {
	const hers = 4 // of so many requests more than of any other person
	switch pick := rapid.IntRange(0, hers+len(x.People)).Draw(r, "who"); {
	case pick < hers:
	case pick == hers:
		f.as.VolunteerID = ""
	default:
		f.as = x.People[pick-hers-1].As
	}
}

// spoil changes a request in up to three places.
func (op operation) spoil(r *rapid.T, f *form) {
	for range rapid.IntRange(1, 3).Draw(r, "changes") {
		var places []node
		if op.body != nil {
			places = nodes(op.body, f.body, nil, true)
		}
		pick := rapid.IntRange(0, len(places)+len(op.params)).Draw(r, "where")
		switch {
		case pick < len(places):
			changeBody(r, f, places[pick])
		case pick < len(places)+len(op.params):
			changeParam(r, f, op.params[pick-len(places)])
		case op.file != "":
			changeFile(r, f)
		default:
			f.query[rapid.String().Draw(r, "name")] = []string{rapid.String().Draw(r, "value")}
		}
	}
}

func changeBody(r *rapid.T, f *form, n node) {
	switch rapid.IntRange(0, 9).Draw(r, "how") {
	case 0:
		if len(n.place) > 0 {
			remove(f.body, n.place)
		}
	case 1:
		set(&f.body, n.place.in(rapid.String().Draw(r, "field")), anything(2).Draw(r, "value"))
	case 2, 3:
		set(&f.body, n.place, anything(3).Draw(r, "value"))
	case 4, 5:
		bad := badValues(n.schema)
		set(&f.body, n.place, bad[rapid.IntRange(0, len(bad)-1).Draw(r, "bad")].text)
	default:
		set(&f.body, n.place, allowed(n.schema, f).Draw(r, "value"))
	}
}

func changeParam(r *rapid.T, f *form, p *openapi3.Parameter) {
	var text string
	switch rapid.IntRange(0, 3).Draw(r, "how") {
	case 0:
		text = rapid.String().Draw(r, "text")
	case 1:
		bad := badParams(p)
		text = string(bad[rapid.IntRange(0, len(bad)-1).Draw(r, "bad")].text)
	default:
		text = fmt.Sprint(allowed(p.Schema.Value, f).Draw(r, "value"))
	}
	f.put(p, text)
}

// changeFile cuts a file short, turns some of its bits round, or puts noise in its place.
func changeFile(r *rapid.T, f *form) {
	content := []byte(f.text())
	if len(content) == 0 {
		return
	}
	switch at := rapid.IntRange(0, len(content)-1).Draw(r, "at"); rapid.IntRange(0, 2).Draw(r, "how") {
	case 0:
		content = content[:at]
	case 1:
		content[at] ^= rapid.Byte().Draw(r, "bits")
	default:
		content = rapid.SliceOfN(rapid.Byte(), 0, 1000).Draw(r, "noise")
	}
	f.body = raw(content)
}

// put sets a parameter; what stands in the query already stays.
func (f *form) put(p *openapi3.Parameter, text string) {
	switch p.In {
	case openapi3.ParameterInPath:
		f.path[p.Name] = text
	case openapi3.ParameterInHeader:
		f.header[p.Name] = []string{text}
	default:
		f.query[p.Name] = append(f.query[p.Name], text)
	}
}

func shortened(s string) string {
	const enough = 2000
	return strings.ToValidUTF8(s[:min(len(s), enough)], "?")
}
