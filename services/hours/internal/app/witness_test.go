package app_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// witness is an organisation that looks at the book now and then.
type witness struct {
	key  string // secret
	last string // what it signed last
}

func newWitness(t *testing.T, name string) *witness {
	t.Helper()
	key, err := translog.NewKey(name)
	if err != nil {
		t.Fatal(err)
	}
	return &witness{key: string(key)}
}

func (b *book) verifiers() note.Verifiers {
	b.t.Helper()
	verifier, err := note.NewVerifier(b.keys.Public[0])
	b.must(err)
	return note.VerifierList(verifier)
}

func (b *book) cosigner(w *witness) *translog.Cosigner {
	b.t.Helper()
	by, err := translog.NewCosigner(w.key, b.clock.Now())
	b.must(err)
	return by
}

// look has a witness look at the book as it is, and sign it if it may.
func (b *book) look(w *witness) error {
	b.t.Helper()
	var old int64
	if w.last != "" {
		before, err := translog.OpenCheckpoint(w.last, b.verifiers())
		b.must(err)
		old = before.Size
	}
	g, err := b.Growth(b.t.Context(), old)
	if err != nil {
		return err
	}
	signed, err := g.Cosign(w.last, b.verifiers(), b.cosigner(w))
	if err != nil {
		return err
	}
	w.last = signed
	_, err = b.Cosign(b.t.Context(), "192.0.2.1", signed)
	return err
}

// trust is what an auditor says who believes these.
func (b *book) trust(need int, all ...*witness) translog.Witnesses {
	b.t.Helper()
	trusted := translog.Witnesses{Need: need}
	for _, w := range all {
		key, err := translog.NewCosignature(b.cosigner(w).Public())
		b.must(err)
		trusted.Keys = append(trusted.Keys, key)
	}
	return trusted
}

func (w *town) cityAdministrator() context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}})
}

func TestWitnesses(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	city, school, charity := b.cityAdministrator(), newWitness(t, "no1-school"), newWitness(t, "charity")
	b.must(b.AddWitness(idempotency.WithKey(city, id.New()), "鹤壁市第一中学", b.cosigner(school).Public()+"\n", "见证协议"))

	t.Run("are registered by administrators of the city, by a key", func(t *testing.T) {
		public := b.cosigner(charity).Public()
		for _, c := range []struct {
			as                context.Context
			name, key, reason string
			want              apperr.Kind
		}{
			{b.as(b.leader, "4106/"), "慈善协会", public, "协议", apperr.Forbidden},
			{city, " ", public, "协议", apperr.Invalid},
			{city, "慈善协会", b.keys.Public[0], "协议", apperr.Invalid}, // of the log itself
			{city, "慈善协会", public, " ", apperr.Invalid},
			{city, "又一个", b.cosigner(school).Public(), "协议", apperr.Conflict},
		} {
			var e *apperr.Error
			if err := b.AddWitness(idempotency.WithKey(c.as, id.New()), c.name, c.key, c.reason); !errors.As(err, &e) || e.Kind != c.want {
				t.Errorf("%q, %q: %v, want %s", c.name, c.reason, err, c.want)
			}
		}
	})
	t.Run("sign, and are silent when they do not for a week", func(t *testing.T) {
		stands := func() standing {
			all, err := b.ListWitnesses(t.Context())
			b.must(err)
			return standing{all[0].Size, all[0].Behind != nil, all[0].Silent}
		}
		b.must(b.look(school))
		b.must(b.look(school)) // again: nothing changes
		if got, want := stands(), (standing{attendances, false, false}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		b.credit(b.attendance())
		b.clock.Leap(2 * time.Minute)
		b.log(b.App)
		if got, want := stands(), (standing{attendances, true, false}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		b.clock.Leap(8 * 24 * time.Hour)
		if got, want := stands(), (standing{attendances, true, true}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if err := b.look(charity); !errors.Is(err, translog.ErrNobodySigned) {
			t.Errorf("one that nobody registered: %v", err)
		}
	})
	t.Run("prove a line to whom it is about", func(t *testing.T) {
		e := b.attendance(by(b.people[0], 30))
		b.credit(e)
		mine := b.as(b.people[0])
		var wait *apperr.Error
		if _, err := b.ProveLine(mine, e.AttendanceID); !errors.As(err, &wait) || wait.Code != "not_in_log_yet" {
			t.Errorf("before it is in the log: %v", err)
		}
		b.clock.Leap(2 * time.Minute)
		b.log(b.App)
		unwitnessed, err := b.ProveLine(mine, e.AttendanceID)
		b.must(err)
		if unwitnessed.Index != attendances+1 || unwitnessed.Size != attendances+2 || len(unwitnessed.WitnessNames) != 0 {
			t.Errorf("%+v", unwitnessed)
		}
		b.must(b.look(school))
		b.credit(b.attendance())
		b.clock.Leap(2 * time.Minute)
		b.log(b.App)
		p, err := b.ProveLine(mine, e.AttendanceID)
		b.must(err)
		if p.Size != attendances+2 || len(p.WitnessNames) != 1 || p.WitnessNames[0] != "鹤壁市第一中学" { // against what was witnessed, not against the newest
			t.Errorf("%+v", p)
		}
		check := func(file []byte, need int) audit.LineReport {
			r, err := audit.CheckLine(bytes.NewReader(file), nil, audit.Trust{Keys: b.verifiers(), Witnesses: b.trust(need, school)})
			b.must(err)
			return r
		}
		if r := check(p.File, 1); !r.OK() || !r.Own || len(r.Who) != 1 {
			t.Errorf("%+v", r)
		}
		if r := check(unwitnessed.File, 1); r.OK() || r.Findings[0].Code != audit.Unwitnessed {
			t.Errorf("not witnessed: %+v", r.Findings)
		}
		for from, to := range map[string]audit.Code{`"minutes": 30`: audit.NotLogged, b.people[0]: audit.Person} {
			other := map[string]string{`"minutes": 30`: `"minutes": 60`, b.people[0]: b.people[1]}[from]
			if r := check(bytes.Replace(p.File, []byte(from), []byte(other), 1), 1); r.OK() || r.Findings[0].Code != to {
				t.Errorf("%s changed: %+v", from, r.Findings)
			}
		}
		t.Logf("the file has %d bytes, its proof %d hashes", len(p.File), p.Hashes)

		officers, err := b.ProveLine(b.as(b.leader, "4106/410611/"), e.AttendanceID)
		b.must(err)
		if r := check(officers.File, 1); !r.OK() || r.Own || bytes.Contains(officers.File, []byte(b.people[0])) || bytes.Contains(officers.File, []byte("salt")) {
			t.Errorf("the officer's file says whose it is: %s", officers.File)
		}
		for who, ctx := range map[string]context.Context{"a stranger": b.as(id.New()), "an officer of another county": b.as(b.leader, "4106/410621/")} {
			if _, err := b.ProveLine(ctx, e.AttendanceID); !errors.Is(err, domain.ErrNoSuchEntry) {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
	t.Run("are kept in the list when they end, and heard no more", func(t *testing.T) {
		all, err := b.ListWitnesses(t.Context())
		b.must(err)
		b.must(b.EndWitness(idempotency.WithKey(city, id.New()), all[0].ID, "协议到期"))
		if err := b.EndWitness(idempotency.WithKey(city, id.New()), all[0].ID, "协议到期"); !errors.Is(err, translog.ErrNoWitness) {
			t.Errorf("ended twice: %v", err)
		}
		if err := b.look(school); !errors.Is(err, translog.ErrNobodySigned) {
			t.Errorf("heard: %v", err)
		}
		err = b.db.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), "DELETE FROM log_cosignatures")
			return err
		})
		if err == nil {
			t.Error("what it signed can be taken back")
		}
	})
}

// standing is how a witness stands.
type standing struct {
	size           int64
	behind, silent bool
}
