package apitest

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

const document = `
openapi: 3.0.3
info: { title: notes, version: "1" }
servers: [{ url: /api/notes/v1 }]
security: [{ token: [] }]
paths:
  /notes/{note_id}:
    put:
      operationId: putNote
      parameters:
        - { name: note_id, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: Idempotency-Key, in: header, schema: { type: string, format: uuid } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } }
      responses:
        "200": { description: kept, content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
        default: { description: refused, content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  schemas:
    Note:
      type: object
      additionalProperties: false
      required: [text]
      properties: { text: { type: string, maxLength: 20 } }
    Problem:
      type: object
      required: [type, title, status, code]
      properties: { type: { type: string }, title: { type: string }, status: { type: integer }, code: { type: string }, fields: { type: array } }
`

var notes = postgres.Migrations{Name: "notes", Files: fstest.MapFS{"00001_notes.sql": {Data: []byte(`-- +goose Up
CREATE TABLE notes (id uuid PRIMARY KEY, owner uuid NOT NULL, text text NOT NULL);
GRANT SELECT, INSERT, UPDATE ON notes TO notes;
`)}}}

var errNoNote = apperr.New(apperr.NotFound, "no_such_note", "没有这条。", "There is no such note.")

// faults are what a careless service may do; the zero value is a careful one.
type faults struct {
	unchecked, openToAll, tellsForeign, writesFirst, writesTwice, wrongAnswer, chatty bool
}

// notebook is a service with one operation, on a real database.
type notebook struct {
	faults
	db    *pgtest.DB
	owner func(noteID string) (string, error)
}

func (n *notebook) put(c echo.Context) error {
	p, err := auth.From(c.Request().Context())
	if err != nil && !n.openToAll {
		return err
	}
	var note struct{ Text string }
	if err := c.Bind(&note); err != nil {
		return err
	}
	if n.wrongAnswer {
		return c.JSON(http.StatusOK, map[string]any{"text": 7})
	}
	if n.chatty && note.Text == "" {
		return c.String(http.StatusBadRequest, "pq: text is empty")
	}
	noteID := c.Param("note_id")
	if n.writesFirst || n.writesTwice {
		if err := n.exec(c.Request().Context(), `INSERT INTO notes VALUES ($1, $2, $3)`, id.New(), id.New(), note.Text); err != nil {
			return err
		}
	}
	owner, err := n.owner(noteID)
	if err != nil {
		return errNoNote
	}
	if owner != p.VolunteerID && !n.openToAll {
		if n.tellsForeign {
			return apperr.New(apperr.Forbidden, "not_yours", "这不是您的。", "This is not yours.")
		}
		return errNoNote
	}
	if err := n.exec(c.Request().Context(), `UPDATE notes SET text = $2 WHERE id = $1`, noteID, note.Text); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]string{"text": note.Text})
}

func (n *notebook) exec(ctx context.Context, query string, args ...any) error {
	return n.db.InTx(ctx, func(q postgres.Querier) error {
		_, err := q.ExecContext(ctx, query, args...)
		return err
	})
}

func given(t *testing.T, f faults) (*examiner, operation) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	signer := auth.NewSigner(key, clock.System{})
	n := &notebook{faults: f, db: pgtest.New(t, "notes", notes)}
	reader := n.db.Owner(t)
	n.owner = func(noteID string) (owner string, err error) {
		err = reader.Get(&owner, `SELECT owner FROM notes WHERE id = $1`, noteID)
		return owner, err
	}
	server := httpserver.New(httpserver.Config{
		Service: "notes", Log: slog.New(slog.DiscardHandler), Verifier: auth.NewVerifier(signer.PublicKeys(), clock.System{}), Ready: n.db.Ping,
	})
	group := server.Group("/api/notes/v1")
	if !f.unchecked {
		group.Use(httpserver.Contract(doc))
	}
	group.PUT("/notes/:note_id", n.put)
	me, mine, theirs := id.New(), id.New(), id.New()
	for note, owner := range map[string]string{mine: me, theirs: id.New()} {
		if err := n.exec(t.Context(), `INSERT INTO notes VALUES ($1, $2, '')`, note, owner); err != nil {
			t.Fatal(err)
		}
	}
	x, err := newExaminer(t, Service{
		Document: doc, Handler: server, Signer: signer, DB: n.db,
		People: []Person{{"the owner", auth.Principal{VolunteerID: me}}, {"a stranger", auth.Principal{VolunteerID: id.New()}}},
		Rights: map[string][]int{"putNote": {200, 404}},
		Operations: map[string]Operation{"putNote": {
			Good: func(testing.TB) Request {
				return Request{As: auth.Principal{VolunteerID: me}, Path: map[string]string{"note_id": mine}, Body: map[string]any{"text": "淇河"}}
			},
			Foreign: map[string]string{"note_id": theirs},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return x, x.operations[0]
}

// witness is a test that notes complaints instead of failing.
type witness struct {
	testing.TB
	complaints []string
}

func (w *witness) Errorf(format string, args ...any) {
	w.complaints = append(w.complaints, fmt.Sprintf(format, args...))
}
func (w *witness) Error(args ...any)                 { w.complaints = append(w.complaints, fmt.Sprint(args...)) }
func (w *witness) Fatalf(format string, args ...any) { w.Errorf(format, args...) }

func TestExamine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		faults faults
		want   string // among the complaints; none when empty
	}{
		"a careful service passes":                                       {faults{}, ""},
		"a service that does not check its input is found out":           {faults{unchecked: true}, "status 500"},
		"a service that lets nobody in is found out":                     {faults{openToAll: true}, "as nobody"},
		"a service that lets everybody do everything is found out":       {faults{openToAll: true}, "as a stranger"},
		"a service that does twice what is asked twice is found out":     {faults{writesTwice: true}, "the same request again has changed the database"},
		"a service that tells what exists is found out":                  {faults{tellsForeign: true}, "note_id tells what exists"},
		"a service that writes before it refuses is found out":           {faults{writesFirst: true}, "the database has changed"},
		"a service that answers otherwise than it promises is found out": {faults{wrongAnswer: true}, "a good request"},
		"a service that speaks like a machine is found out":              {faults{unchecked: true, chatty: true}, `as "text/plain`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, op := given(t, c.faults)
			w := &witness{TB: t}
			x.examine(w, op)
			all := strings.Join(w.complaints, "\n")
			if c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("complaints: %s", shortened(all))
			}
		})
	}
	t.Run("random requests find nothing in a careful service", func(t *testing.T) {
		t.Parallel()
		x, op := given(t, faults{})
		x.surprise(t, op)
		if x.sent < 2*turns {
			t.Errorf("%d requests", x.sent)
		}
	})
}

func TestGaps(t *testing.T) {
	t.Parallel()
	t.Run("an operation without an example, and an example without an operation, are told", func(t *testing.T) {
		t.Parallel()
		x, _ := given(t, faults{})
		x.Operations = map[string]Operation{"getNote": {}}
		if gaps := strings.Join(x.gaps(), "\n"); !strings.Contains(gaps, `"putNote"`) || !strings.Contains(gaps, `"getNote"`) {
			t.Errorf("gaps: %s", gaps)
		}
	})
	t.Run("an id that the example says nothing about is told", func(t *testing.T) {
		t.Parallel()
		x, op := given(t, faults{})
		op.example.Foreign = nil
		if spots := op.blindSpots(x.good(t, op)); len(spots) != 1 {
			t.Errorf("blind spots: %v", spots)
		}
	})
}
