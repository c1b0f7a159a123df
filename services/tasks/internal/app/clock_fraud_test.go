package app_test

import (
	"crypto/ed25519"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// TestPhoneClocks is F8: whatever a phone's clock does, the minutes are those
// between the codes. Phones send instants in UTC: a change to summer time and a
// flight through time zones move a clock only if somebody sets it by hand.
func TestPhoneClocks(t *testing.T) {
	t.Parallel()
	const stay = 90 * time.Minute
	for name, c := range map[string]struct {
		in, out time.Duration // how wrong the clock is at either end
		flagged bool
	}{
		"right":                          {0, 0, false},
		"two hours fast":                 {2 * time.Hour, 2 * time.Hour, false},
		"two hours slow":                 {-2 * time.Hour, -2 * time.Hour, false},
		"summer time, set by hand":       {0, time.Hour, true},
		"a time zone flight, by hand":    {0, -8 * time.Hour, true},
		"set back in the middle":         {0, -30 * time.Minute, true},
		"set forward in the middle":      {0, 30 * time.Minute, true},
		"a tenth too long is suspicious": {0, 10 * time.Minute, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, shift, p := atTheGate(t)
			p.wrong = c.in
			p.register()
			in := p.scan(shift, domain.ClaimIn)
			w.clock.Leap(stay)
			p.wrong = c.out
			out := p.scan(shift, domain.ClaimOut)
			w.clock.Leap(time.Hour)
			for _, kept := range []app.NewClaim{in, out} {
				result, err := p.send(kept)
				w.must(err)
				if result.Doubt != domain.DoubtNone {
					t.Fatalf("held: %s", result.Doubt)
				}
			}
			roster, err := w.FindRoster(w.as(w.leader), shift.ID)
			w.must(err)
			at := roster.Lines[0].Attendance
			if _, _, minutes := domain.Credit(shift.Shift, at.CheckedInAt, at.CheckedOutAt); minutes < 89 || minutes > 90 {
				t.Errorf("%d minutes, want those of %v between codes", minutes, stay)
			}
			flagged := len(roster.Doubts) == 1 && roster.Doubts[0].Doubt == domain.DoubtStrays
			if flagged != c.flagged || len(roster.Doubts) > 1 {
				t.Errorf("doubts = %+v, want flagged: %v", roster.Doubts, c.flagged)
			}
		})
	}
}

// TestSkewedServers is the other half of F8: the portal's clock is five minutes
// off from ours. Its tickets then prove nothing here, and nothing wrong comes of
// them; what this service judges by its own clock goes on.
func TestSkewedServers(t *testing.T) {
	t.Parallel()
	for name, skew := range map[string]time.Duration{"fast": 5 * time.Minute, "slow": -5 * time.Minute} {
		t.Run("a portal that is "+name, func(t *testing.T) {
			t.Parallel()
			w, shift, p := atTheGate(t)
			theirs := &clock.Shifted{}
			_, key, err := ed25519.GenerateKey(nil)
			w.must(err)
			portal := auth.NewSigner(key, theirs)
			tasks := w.beside(auth.NewVerifier(portal.PublicKeys(), w.clock))
			scan := func(kind domain.ClaimKind) {
				theirs.SetTo(w.clock.Now().Add(skew))
				code := shift.Key.Code(shift.ID, w.clock.Now())
				ticket, err := portal.Ticket(shift.ID, code, "")
				w.must(err)
				if _, err := tasks.CreateClaim(w.as(p.holder), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, Ticket: ticket}); err == nil {
					t.Error("a ticket of another time was believed")
				}
				_, err = tasks.CreateClaim(w.as(p.holder), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, Code: code})
				w.must(err)
			}
			scan(domain.ClaimIn)
			w.clock.Leap(time.Hour)
			scan(domain.ClaimOut)
			roster, err := w.FindRoster(w.as(w.leader), shift.ID)
			w.must(err)
			at := roster.Lines[0].Attendance
			if stayed := at.CheckedOutAt.Sub(at.CheckedInAt); (stayed - time.Hour).Abs() > 5*time.Second {
				t.Errorf("stayed %v, want an hour", stayed)
			}
		})
	}
}
