package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// book is a log at a public address, as a witness meets it.
type book struct {
	t      *testing.T
	db     *pgtest.DB
	keys   translog.Keys
	url    string
	given  []string // back
	status int      // of the answers, when not 200
}

func newBook(t *testing.T, keys *translog.Keys) *book {
	t.Helper()
	b := &book{t: t, db: pgtest.New(t, "trial", translog.Migrations())}
	if keys == nil {
		content, err := translog.NewKey("test/hours")
		b.must(err)
		b.keys, err = translog.ParseKeys(string(content))
		b.must(err)
	} else {
		b.keys = *keys
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	b.url = server.URL
	return b
}

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) grow(by int, what string) {
	b.t.Helper()
	b.must(b.db.InTx(b.t.Context(), func(q postgres.Querier) error {
		tree, err := translog.Open(b.t.Context(), q)
		b.must(err)
		var leaves []translog.Hash
		for i := range by {
			leaves = append(leaves, translog.LeafHash(fmt.Append(nil, what, i)))
		}
		b.must(tree.Append(b.t.Context(), leaves))
		_, err = tree.Sign(b.t.Context(), b.keys.Signers, time.Now())
		return err
	}))
}

func (b *book) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case b.status != 0:
		http.Error(w, "away", b.status)
	case r.Method == http.MethodPost:
		var body struct{ Note string }
		_ = json.NewDecoder(r.Body).Decode(&body)
		b.given = append(b.given, body.Note)
		_, _ = w.Write([]byte(`{"witnesses":1}`))
	default:
		old, _ := strconv.ParseInt(r.URL.Query().Get("old"), 10, 64)
		err := b.db.InTx(r.Context(), func(q postgres.Querier) error {
			g, err := translog.GrowthSince(r.Context(), q, old)
			if err == nil {
				_, _ = w.Write([]byte(g.Text()))
			}
			return err
		})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}
}

// TestWitness is the day of a school's clerk: a key, one command, and the log
// that turns out to be another one.
func TestWitness(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	made, right, err := (&witnessKeyCommand{Name: "no1-school", File: at("witness.key")}).do()
	if err != nil || !right || !strings.Contains(made, "no1-school+") {
		t.Fatal(made, right, err)
	}
	if _, _, err := (&witnessKeyCommand{Name: "no1-school", File: at("witness.key")}).do(); err == nil {
		t.Error("the key was overwritten")
	}
	b := newBook(t, nil)
	b.grow(300, "a")
	clerk := func(b *book) *witnessCommand {
		return &witnessCommand{Key: b.keys.Public, Site: b.url, KeyFile: at("witness.key"), Last: at("witness.last")}
	}
	expect := func(c *witnessCommand, signs bool, words string) {
		t.Helper()
		said, right, err := c.do()
		if err != nil || right != signs || !strings.Contains(said, words) {
			t.Fatalf("%q, %v, %v; want %q, %v", said, right, err, words, signs)
		}
	}
	expect(clerk(b), true, "第一次见证")
	b.grow(500, "b")
	expect(clerk(b), true, "前 300 行和上次见证时一样")

	b.grow(1, "c")
	b.status = http.StatusServiceUnavailable
	if _, _, err := clerk(b).do(); err == nil {
		t.Error("nothing was heard, and that is fine")
	}
	b.status = 0

	// Without network: a file comes, a file goes.
	var request string
	b.must(b.db.InTx(t.Context(), func(q postgres.Querier) error {
		g, err := translog.GrowthSince(t.Context(), q, 800)
		request = g.Text()
		return err
	}))
	b.must(os.WriteFile(at("request.txt"), []byte(strings.ReplaceAll(request, "\n", "\r\n")), 0o600)) // by way of Windows
	offline := clerk(b)
	offline.Site, offline.Request, offline.Answer = "", at("request.txt"), at("cosigned.note")
	expect(offline, true, "交回")
	answer, err := os.ReadFile(at("cosigned.note"))
	b.must(err)

	_, public, _ := strings.Cut(made, "\n")
	key, err := translog.NewCosignature(public)
	b.must(err)
	for i, note := range append(b.given, string(answer)) {
		if _, _, ok := key.Cosigned(note); !ok {
			t.Errorf("answer %d has no signature of the school:\n%s", i, note)
		}
	}

	other := newBook(t, &b.keys) // the key was stolen, and all of it made anew
	other.grow(900, "x")
	expect(clerk(other), false, "不签名")
	if len(other.given) != 0 {
		t.Error("it was signed")
	}
	kept, err := os.ReadFile(at("witness.last.conflict"))
	if err != nil || !strings.Contains(string(kept), "\n900\n") {
		t.Errorf("kept as evidence: %q, %v", kept, err)
	}
	short := newBook(t, &b.keys)
	short.grow(300, "a")
	expect(clerk(short), false, "不签名") // cut off
	if last, err := os.ReadFile(at("witness.last")); err != nil || string(last) != string(answer) {
		t.Errorf("what was signed last is %q, %v", last, err)
	}
}
