package translog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

var noon = time.Date(2026, 11, 26, 4, 0, 0, 0, time.UTC)

// signedLog is a log of its own that signs whenever it has grown.
type signedLog struct {
	t    *testing.T
	db   *pgtest.DB
	keys translog.Keys
}

func newLog(t *testing.T) *signedLog {
	t.Helper()
	content, err := translog.NewKey("hebi.example/hours")
	if err != nil {
		t.Fatal(err)
	}
	l := &signedLog{t: t, db: pgtest.New(t, "trial", translog.Migrations())}
	if l.keys, err = translog.ParseKeys(string(content)); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *signedLog) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *signedLog) verifiers() note.Verifiers {
	v, err := note.NewVerifier(l.keys.Public[0])
	l.must(err)
	return note.VerifierList(v)
}

func (l *signedLog) inTx(f func(q postgres.Querier) error) error {
	return l.db.InTx(l.t.Context(), f)
}

func (l *signedLog) grow(by int) {
	l.t.Helper()
	l.must(grow(l.t.Context(), l.db, by))
	l.must(l.inTx(func(q postgres.Querier) error {
		tree, err := translog.Open(l.t.Context(), q)
		if err == nil {
			_, err = tree.Sign(l.t.Context(), l.keys.Signers, noon)
		}
		return err
	}))
}

// since is what a witness reads that signed at a size.
func (l *signedLog) since(old int64) (g translog.Growth) {
	l.t.Helper()
	l.must(l.inTx(func(q postgres.Querier) (err error) {
		g, err = translog.GrowthSince(l.t.Context(), q, old)
		return err
	}))
	read, err := translog.ParseGrowth(g.Text())
	if err != nil || !cmp.Equal(read, g) {
		l.t.Fatalf("read back, %v, as %s", err, cmp.Diff(g, read))
	}
	return read
}

func (l *signedLog) cosign(signed string) (n int, err error) {
	err = l.inTx(func(q postgres.Querier) error {
		n, err = translog.Cosign(l.t.Context(), q, signed, noon)
		return err
	})
	return n, err
}

func (l *signedLog) witnesses() (all []translog.Witness) {
	l.t.Helper()
	l.must(l.inTx(func(q postgres.Querier) (err error) {
		all, err = translog.ListWitnesses(l.t.Context(), q)
		return err
	}))
	return all
}

func school(t *testing.T) *translog.Cosigner {
	t.Helper()
	secret, err := translog.NewKey("no1-school")
	if err != nil {
		t.Fatal(err)
	}
	by, err := translog.NewCosigner(string(secret), noon)
	if err != nil {
		t.Fatal(err)
	}
	return by
}

const (
	goldenPublic = "school.example+7783c72e+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
	goldenLine   = "— school.example d4PHLgAAAABkGFDLkkVqXX6ZYDbrYeSY0K/fVi0mmVAGhrBEnRsrO6vkvMPMD3IdcTVND/IR3/Hi817jYOkCbonCzWa+TU82kOtDBw==\n"
)

func TestCosignature(t *testing.T) {
	t.Parallel()
	// The key of RFC 8032's first test. The line was made by another program after the description of C2SP.
	by, err := translog.NewCosigner("PRIVATE+KEY+school.example+00000000+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g", time.Unix(1679315147, 0))
	if err != nil {
		t.Fatal(err)
	}
	const text = "hebi.example/hours\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	signed, err := note.Sign(&note.Note{Text: text}, by)
	if err != nil {
		t.Fatal(err)
	}
	if got := by.Public(); got != goldenPublic {
		t.Errorf("public key %s, want %s", got, goldenPublic)
	}
	if got, want := string(signed), text+"\n"+goldenLine; got != want {
		t.Errorf("signed\n%s, want\n%s", got, want)
	}
	key, err := translog.NewCosignature(by.Public())
	if err != nil {
		t.Fatal(err)
	}
	at, line, ok := key.Cosigned(string(signed))
	if !ok || line != goldenLine || at.Unix() != 1679315147 {
		t.Errorf("%v, %q, %v", at, line, ok)
	}
	for _, spoilt := range []string{"", strings.Replace(string(signed), "\n5\n", "\n6\n", 1), text + "\n", string(signed)[:len(signed)-4] + "A==\n"} {
		if _, _, ok := key.Cosigned(spoilt); ok {
			t.Errorf("%q passes", spoilt)
		}
	}
	for _, spoilt := range []string{"", "x", "school+0+AA==", by.Public()[:20], "other" + by.Public(), strings.Replace(by.Public(), "+", " ", 1)} {
		if _, err := translog.NewCosignature(spoilt); err == nil {
			t.Errorf("%q is a key", spoilt)
		}
		if _, err := translog.NewCosigner(spoilt, noon); err == nil {
			t.Errorf("%q is a secret key", spoilt)
		}
	}
}

func TestWitness(t *testing.T) {
	t.Parallel()
	l, by := newLog(t), school(t)
	l.grow(300)
	first, err := l.since(0).Cosign("", l.verifiers(), by)
	l.must(err)
	l.grow(700)
	newest := l.since(300)
	second, err := newest.Cosign(first, l.verifiers(), by)
	l.must(err)

	t.Run("signs nothing that betrays what it signed", func(t *testing.T) {
		other := &signedLog{t: t, db: pgtest.New(t, "trial", translog.Migrations()), keys: l.keys} // the same key, another history
		l.must(other.inTx(func(q postgres.Querier) error {
			tree, err := translog.Open(t.Context(), q)
			if err == nil {
				err = tree.Append(t.Context(), []translog.Hash{leaf(9)})
			}
			return err
		}))
		other.grow(299)
		split := other.since(0)
		other.grow(900)
		for name, c := range map[string]struct {
			shown translog.Growth
			last  string
			want  error
		}{
			"a shorter log":              {translog.Growth{Note: first}, second, translog.ErrShortened},
			"another of the same length": {split, first, translog.ErrRewritten},
			"one that was made anew":     {other.since(300), first, translog.ErrRewritten},
			"a proof from elsewhere":     {l.since(200), first, translog.ErrOtherGap},
			"a proof that is cut":        {translog.Growth{Old: 300, Proof: newest.Proof[1:], Note: newest.Note}, first, translog.ErrRewritten},
			"what nobody signed":         {translog.Growth{Note: "x"}, first, translog.ErrNotACheckpoint},
		} {
			if signed, err := c.shown.Cosign(c.last, l.verifiers(), by); !errors.Is(err, c.want) || signed != "" {
				t.Errorf("%s: %q, %v, want %v", name, signed, err, c.want)
			}
		}
	})
	t.Run("is heard when it is registered, once, until it ends", func(t *testing.T) {
		if _, err := l.cosign(second); !errors.Is(err, translog.ErrNobodySigned) {
			t.Errorf("before it was registered: %v", err)
		}
		w := translog.Witness{ID: id.New(), Name: "鹤壁市第一中学", Key: by.Public(), Reason: "协议", SetBy: id.New(), SetAt: noon}
		add := func(w translog.Witness) error {
			return l.inTx(func(q postgres.Querier) error { return translog.AddWitness(t.Context(), q, w) })
		}
		l.must(add(w))
		again := w
		again.ID = id.New()
		if err := add(again); !errors.Is(err, translog.ErrWitnessKnown) {
			t.Errorf("registered twice: %v", err)
		}
		for range 2 {
			if n, err := l.cosign(second); n != 1 || err != nil {
				t.Fatalf("%d signatures, %v", n, err)
			}
		}
		got := l.witnesses()
		if len(got) != 1 || got[0].Size != 1000 || got[0].Note != second || got[0].Behind != nil || !got[0].SignedAt.Equal(noon) {
			t.Fatalf("%+v", got)
		}
		if g := l.since(1000); g.Note != second { // served with it, and still a checkpoint
			t.Errorf("served %q", g.Note)
		}
		l.grow(1)
		if got := l.witnesses()[0]; got.Behind == nil {
			t.Errorf("not behind: %+v", got)
		}
		forged := strings.Replace(second, "\n1000\n", "\n1001\n", 1)
		if _, err := l.cosign(forged); !errors.Is(err, translog.ErrNotOurs) {
			t.Errorf("what is not ours: %v", err)
		}
		w.EndReason, w.EndedBy, w.EndedAt = "换人", w.SetBy, &noon
		l.must(l.inTx(func(q postgres.Querier) error { return translog.EndWitness(t.Context(), q, w) }))
		third, err := l.since(1000).Cosign(second, l.verifiers(), by)
		l.must(err)
		if _, err := l.cosign(third); !errors.Is(err, translog.ErrNobodySigned) {
			t.Errorf("after it ended: %v", err)
		}
		if got := l.witnesses()[0]; got.EndedAt == nil || got.Note != second {
			t.Errorf("its history: %+v", got)
		}
	})
	t.Run("whoever checks counts them", func(t *testing.T) {
		key, err := translog.NewCosignature(by.Public())
		l.must(err)
		other, err := translog.NewCosignature(school(t).Public())
		l.must(err)
		for need, want := range map[int]bool{1: true, 2: false} {
			who, enough := translog.Witnesses{Keys: []*translog.Cosignature{key, other}, Need: need}.Who(second)
			if len(who) != 1 || enough != want {
				t.Errorf("need %d: %v, %v", need, who, enough)
			}
		}
	})
}

// FuzzGrowth looks for texts that are read as something that is spelt otherwise.
func FuzzGrowth(f *testing.F) {
	f.Add("old 0\n\nhebi.example/hours\n5\n")
	f.Add("old 3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nx")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := translog.ParseGrowth(text)
		if err != nil {
			return
		}
		again, err := translog.ParseGrowth(g.Text())
		if err != nil || !cmp.Equal(g, again) {
			t.Errorf("%q is read as %+v, which is spelt %q, %v", text, g, g.Text(), err)
		}
	})
}
