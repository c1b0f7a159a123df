package apitest

import (
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

const idempotencyKey = "Idempotency-Key"

func (op operation) repeatable() bool {
	return slices.ContainsFunc(op.params, func(p *openapi3.Parameter) bool { return p.Name == idempotencyKey })
}

// repeat sends a request again, as a phone does that has lost the answer: it
// gets the same one, and nothing is done twice.
func (x *examiner) repeat(t testing.TB, op operation, f form, first answer) {
	t.Helper()
	before := x.rows(t)
	again, err := x.send(op, f, "zh")
	if err != nil || again.plain() != first.plain() {
		t.Errorf("the same request again: %v\nfirst %s\nagain %s", err, first.plain(), again.plain())
	}
	if x.rows(t) != before {
		t.Error("the same request again has changed the database")
	}
}
