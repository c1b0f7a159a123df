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

// turns is how often surprise draws two requests: they come on top of the
// hundreds that examine makes.
const turns = 20

// settle sets what rapid reads from flags, once: parts of a service may be
// examined side by side. What fails is told with its seed; a file would be
// left in the source tree.
var settle = sync.OnceFunc(func() {
	_ = flag.Set("rapid.nofailfile", "true")
	_ = flag.Set("rapid.checks", strconv.Itoa(turns))
})

// surprise sends some forty requests made at random: good ones with up
// to three places changed into whatever the document allows, forbids or never
// thought of. What fails is made smaller until it is plain.
func (x *examiner) surprise(t *testing.T, op operation) {
	settle()
	good := x.good(t, op)
	before := x.rows(t)
	rapid.Check(t, func(r *rapid.T) {
		for range 2 {
			f := op.draw(r, good)
			a, err := x.send(op, f, "zh")
			if err != nil {
				continue // no client can send it either
			}
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
	if x.held.look(t) != before {
		t.Error("what was refused, or only read, has changed the database")
	}
}

// draw changes a good request in up to three places.
func (op operation) draw(r *rapid.T, good form) form {
	return good.with(func(f *form) {
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
			default:
				f.query[rapid.String().Draw(r, "name")] = []string{rapid.String().Draw(r, "value")}
			}
		}
	})
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
