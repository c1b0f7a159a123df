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
	"time"

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
  /notes/{note_id}/seal:
    post:
      operationId: sealNote
      parameters:
        - { name: note_id, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        "204": { description: sealed }
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
CREATE TABLE seals (note_id uuid NOT NULL);
GRANT SELECT, INSERT, UPDATE ON notes, seals TO notes;
`)}}}

var (
	errNoNote = apperr.New(apperr.NotFound, "no_such_note", "没有这条。", "There is no such note.")
	errSealed = apperr.New(apperr.Conflict, "sealed", "已经封好了。", "It is sealed already.")
)

// faults are what a careless service may do; the zero value is a careful one.
type faults struct {
	unchecked, openToAll, tellsForeign, writesFirst, writesTwice, wrongAnswer, chatty, panics, teapot, hasty bool
}

// notebook is a service with one operation, on a real database.
type notebook struct {
	faults
	db     *pgtest.DB
	owner  func(noteID string) (string, error)
	looked chan struct{}
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
	switch odd := strings.ContainsFunc(note.Text, func(r rune) bool { return r > 0xffff }); {
	case odd && n.panics:
		panic("a letter outside of the first plane")
	case odd && n.teapot:
		return c.Blob(http.StatusTeapot, "application/problem+json", []byte(`{"type":"about:blank","title":"茶壶","status":418,"code":"teapot"}`))
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

// seal is done once for each note: it is looked at whether it was done, and done, under a lock; or, in haste, without.
func (n *notebook) seal(c echo.Context) error {
	p, err := auth.From(c.Request().Context())
	if err != nil {
		return err
	}
	noteID := c.Param("note_id")
	if owner, err := n.owner(noteID); err != nil || owner != p.VolunteerID {
		return errNoNote
	}
	err = n.db.InTx(c.Request().Context(), func(q postgres.Querier) error {
		lock := `SELECT id FROM notes WHERE id = $1 FOR UPDATE`
		if n.hasty {
			lock = `SELECT id FROM notes WHERE id = $1`
		}
		if _, err := q.ExecContext(c.Request().Context(), lock, noteID); err != nil {
			return err
		}
		var sealed int
		if err := q.QueryRowxContext(c.Request().Context(), `SELECT count(*) FROM seals WHERE note_id = $1`, noteID).Scan(&sealed); err != nil {
			return err
		}
		if sealed > 0 {
			return errSealed
		}
		if n.hasty {
			n.meet()
		}
		_, err := q.ExecContext(c.Request().Context(), `INSERT INTO seals VALUES ($1)`, noteID)
		return err
	})
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// meet holds up who has looked and not yet acted until another has looked too, however slow the
// machine; who is alone goes on after a while.
func (n *notebook) meet() {
	select {
	case n.looked <- struct{}{}:
	case <-n.looked:
	case <-time.After(time.Second):
	}
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
	n := &notebook{faults: f, looked: make(chan struct{}), db: pgtest.New(t, "notes", notes)}
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
	group.POST("/notes/:note_id/seal", n.seal)
	me, mine, theirs := id.New(), id.New(), id.New()
	for note, owner := range map[string]string{mine: me, theirs: id.New()} {
		if err := n.exec(t.Context(), `INSERT INTO notes VALUES ($1, $2, '')`, note, owner); err != nil {
			t.Fatal(err)
		}
	}
	x, err := newExaminer(t, Service{
		Document: doc, Handler: server, Signer: signer, DB: n.db,
		People: []Person{{"the owner", auth.Principal{VolunteerID: me}}, {"a stranger", auth.Principal{VolunteerID: id.New()}}},
		Rights: map[string][]int{"putNote": {200, 404}, "sealNote": {204, 404}},
		Operations: map[string]Operation{
			"putNote": {
				Good: func(testing.TB) Request {
					return Request{As: auth.Principal{VolunteerID: me}, Path: map[string]string{"note_id": mine}, Body: map[string]any{"text": "淇河"}}
				},
				Foreign: map[string]string{"note_id": theirs},
			},
			"sealNote": {
				Good: func(t testing.TB) Request {
					note := id.New()
					if err := n.exec(t.Context(), `INSERT INTO notes VALUES ($1, $2, '')`, note, me); err != nil {
						t.Fatal(err)
					}
					return Request{As: auth.Principal{VolunteerID: me}, Path: map[string]string{"note_id": note}}
				},
				Foreign: map[string]string{"note_id": theirs},
			},
		},
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
}

func TestSurprise(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		faults faults
		want   string // among the complaints; none when empty
	}{
		"random requests find nothing in a careful service":     {faults{}, ""},
		"a service that panics on some texts is found out":      {faults{panics: true}, "status 500"},
		"a status that the document does not have is found out": {faults{teapot: true}, "status 418"},
		"an answer that breaks its schema is found out":         {faults{wrongAnswer: true}, "response body doesn't match schema"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, op := given(t, c.faults)
			w := &witness{TB: t}
			x.surprise(w, op)
			all := strings.Join(w.complaints, "\n")
			if c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("complaints: %s", shortened(all))
			}
			if n := x.sent.Load(); c.want == "" && n < fewRequests/2 { // some can be sent by no client
				t.Errorf("%d requests", n)
			}
		})
	}
	t.Run("a refusal without a place in the document is found out", func(t *testing.T) {
		t.Parallel()
		x, op := given(t, faults{})
		op.Responses.Delete("default")
		w := &witness{TB: t}
		x.surprise(w, op)
		if all := strings.Join(w.complaints, "\n"); !strings.Contains(all, "is not in the document") {
			t.Errorf("complaints: %s", shortened(all))
		}
	})
}

func TestRace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		faults faults
		want   string // among the complaints; none when empty
	}{
		"what is done under a lock is done once":                              {faults{}, ""},
		"who looks first and acts then, without a lock between, is found out": {faults{hasty: true}, "times; one after the other, once"},
		"so is who has made more rows, were it answered as once or otherwise": {faults{hasty: true}, "there are other rows than after once"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := given(t, c.faults)
			w := &witness{TB: t}
			x.race(w, x.operations[1])
			all := strings.Join(w.complaints, "\n")
			if c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("complaints: %s", shortened(all))
			}
		})
	}
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
