package app_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// phone signs what it keeps, as lib/device.ts does. Its clock is off by wrong.
type phone struct {
	w       *town
	holder  string
	id      string
	key     *ecdsa.PrivateKey
	counter int64
	wrong   time.Duration
}

// phoneOf gives somebody a phone that is registered now.
func (w *town) phoneOf(volunteerID string) *phone {
	w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	w.must(err)
	p := &phone{w: w, holder: volunteerID, id: id.New(), key: key}
	p.register()
	return p
}

func (p *phone) now() time.Time { return p.w.clock.Now().Add(p.wrong) }

func (p *phone) register() {
	p.w.t.Helper()
	public, err := p.key.PublicKey.Bytes()
	p.w.must(err)
	_, err = p.w.RegisterDevice(p.w.as(p.holder), p.id, public, p.now())
	p.w.must(err)
}

// keep is what the phone keeps of n at this moment.
func (p *phone) keep(n app.NewClaim) app.NewClaim {
	p.w.t.Helper()
	p.counter++
	n.ClaimID = id.New()
	n.Signed = &domain.Signed{DeviceID: p.id, Counter: p.counter, ObservedAt: p.now()}
	message := domain.Claim{
		ID: n.ClaimID, ShiftID: n.ShiftID, VolunteerID: n.VolunteerID, Kind: n.Kind, Signed: n.Signed,
		Evidence: domain.Evidence{Code: n.Code, Tap: n.VolunteerID != "", Card: n.Card},
	}.Message()
	hash := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, p.key, hash[:])
	p.w.must(err)
	n.Signed.Signature = append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	return n
}

// scan keeps the code that is on the leader's screen now.
func (p *phone) scan(s app.ShiftView, kind domain.ClaimKind) app.NewClaim {
	return p.keep(app.NewClaim{ShiftID: s.ID, Kind: kind, Code: s.Key.Code(s.ID, p.w.clock.Now())})
}

func (p *phone) send(n app.NewClaim) (app.ClaimResult, error) {
	sent := *n.Signed
	sent.SentAt = p.now()
	n.Signed = &sent
	return p.w.CreateClaim(p.w.as(p.holder), n)
}

// atTheGate is a town at nine o'clock with a shift, somebody signed up, and their phone.
func atTheGate(t *testing.T) (*town, app.ShiftView, *phone) {
	t.Helper()
	w := newTown(t)
	shift := w.givenShift(nil)
	p := w.phoneOf(w.signUp(shift))
	w.clock.Leap(30 * time.Minute)
	return w, shift, p
}

// TestKeptClaims is F9: punches made without network and synchronised later.
func TestKeptClaims(t *testing.T) {
	t.Parallel()
	t.Run("sent ten times after an hour it is one check-in, of grade B, at the code's own time", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		p.wrong = 2 * time.Hour // the phone's clock means nothing
		seen := w.clock.Now()
		in := p.scan(shift, domain.ClaimIn)
		w.clock.Leap(time.Hour)
		for range 10 {
			result, err := p.send(in)
			w.must(err)
			at := result.Attendance
			if at == nil || at.InMethod != domain.MethodLinkOffline || seen.Sub(at.CheckedInAt) >= domain.Step || at.CheckedInAt.After(seen) {
				t.Fatalf("attendance = %+v, want one kept without network at %v", at, seen)
			}
		}
		if n := w.count(`SELECT count(*) FROM claims`); n != 1 {
			t.Errorf("%d claims, want 1", n)
		}
		w.clock.Leap(30 * time.Minute)
		out, err := w.scan(p.holder, shift, domain.ClaimOut)
		w.must(err)
		if got := out.Shift.ProofOf(*out.Attendance); got != domain.ProofOnSite {
			t.Errorf("proof = %s, want on_site: never A without network", got)
		}
	})
	t.Run("sent after 80 hours it waits for the leader, and is not lost", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		in := p.scan(shift, domain.ClaimIn)
		w.clock.Leap(80 * time.Hour)
		result, err := p.send(in)
		w.must(err)
		if result.Doubt != domain.DoubtLate || result.Attendance != nil {
			t.Errorf("result = %+v, want doubt late and no attendance", result)
		}
		roster, err := w.FindRoster(w.as(w.leader), shift.ID)
		w.must(err)
		if len(roster.Doubts) != 1 || roster.Doubts[0].VolunteerID != p.holder || roster.Doubts[0].Doubt != domain.DoubtLate {
			t.Errorf("doubts = %+v, want the late one", roster.Doubts)
		}
	})
	t.Run("of a screen whose clock is five minutes ahead it waits for the leader, and counts once she has looked", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		w.clock.Leap(time.Minute)
		seen := w.clock.Now()
		in := p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, Code: shift.Key.Code(shift.ID, seen.Add(5*time.Minute))})
		w.clock.Leap(2 * time.Minute)
		result, err := p.send(in)
		w.must(err)
		if result.Doubt != domain.DoubtClock || result.Attendance != nil {
			t.Fatalf("result = %+v, want doubt clock and no attendance", result)
		}
		w.must(w.LookAtClaim(w.as(w.leader), in.ClaimID, domain.LookAccept))
		roster, err := w.FindRoster(w.as(w.leader), shift.ID)
		w.must(err)
		for _, line := range roster.Lines {
			if at := line.Attendance; line.VolunteerID == p.holder && (at == nil || at.CheckedInAt.Sub(seen).Abs() > time.Second) {
				t.Errorf("attendance = %+v, want one since %v", at, seen)
			}
		}
	})
	t.Run("a code of another shift is refused, and five of them are enough", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		other := w.givenShift(func(n *app.NewTask) { n.Details.Title = "别的活动" })
		w.clock.Leap(time.Hour)
		wrong := func() app.NewClaim {
			return p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, Code: other.Key.Code(other.ID, w.clock.Now())})
		}
		for range domain.MaxTries - 1 {
			if _, err := p.send(wrong()); !errors.Is(err, domain.ErrWrongCode) {
				t.Fatalf("err = %v, want ErrWrongCode", err)
			}
		}
		if _, err := p.send(wrong()); !errors.Is(err, domain.ErrTooManyTries) {
			t.Errorf("err = %v, want ErrTooManyTries", err)
		}
		if n := w.count(`SELECT count(*) FROM attendances`); n != 0 {
			t.Errorf("%d attendances, want none", n)
		}
	})
	t.Run("a counter that was rolled back is refused, and so is one used twice", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		old := *p // a copy of the phone's storage, put back later
		in := p.scan(shift, domain.ClaimIn)
		_, err := p.send(in)
		w.must(err)
		w.clock.Leap(time.Hour)
		if _, err := old.send(old.scan(shift, domain.ClaimOut)); !errors.Is(err, domain.ErrRolledBack) {
			t.Errorf("err = %v, want ErrRolledBack", err)
		}
	})
	t.Run("another's claim, and one from a phone of another's, are refused", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		thief := w.phoneOf(w.signUp(shift))
		in := p.scan(shift, domain.ClaimIn)
		if _, err := thief.send(in); !errors.Is(err, domain.ErrForeignDevice) {
			t.Errorf("another's claim: err = %v, want ErrForeignDevice", err)
		}
		in.Signed.DeviceID = thief.id
		if _, err := thief.send(in); !errors.Is(err, domain.ErrChangedClaim) {
			t.Errorf("another's signature: err = %v, want ErrChangedClaim", err)
		}
		public, err := thief.key.PublicKey.Bytes()
		w.must(err)
		if _, err := w.RegisterDevice(w.as(thief.holder), p.id, public, w.clock.Now()); !errors.Is(err, domain.ErrForeignDevice) {
			t.Errorf("registering over another's phone: err = %v, want ErrForeignDevice", err)
		}
	})
}

func TestKeptClaimsThatDisagree(t *testing.T) {
	t.Parallel()
	t.Run("another time than is known is shown to the leader and overwrites nothing", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		in := p.scan(shift, domain.ClaimIn)
		w.clock.Leap(20 * time.Minute)
		tapped, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: p.holder})
		w.must(err)
		w.clock.Leap(time.Hour)
		result, err := p.send(in)
		w.must(err)
		if result.Doubt != domain.DoubtConflict {
			t.Errorf("doubt = %q, want conflict", result.Doubt)
		}
		if diff := cmp.Diff(tapped.Attendance, result.Attendance); diff != "" {
			t.Errorf("the attendance changed (-before +after):\n%s", diff)
		}
		again, err := p.send(in)
		w.must(err)
		if again.Doubt != domain.DoubtConflict || w.count(`SELECT count(*) FROM claims WHERE doubt <> ''`) != 1 {
			t.Errorf("sent again: doubt = %q, want the same answer and one row", again.Doubt)
		}
	})
	t.Run("who came without a seat and without network waits for the leader", func(t *testing.T) {
		t.Parallel()
		w, shift, _ := atTheGate(t)
		p := w.phoneOf(id.New())
		in := p.scan(shift, domain.ClaimIn)
		w.clock.Leap(time.Hour)
		_, err := p.send(in)
		w.must(err)
		result, err := p.send(p.scan(shift, domain.ClaimOut))
		w.must(err)
		if result.Doubt != domain.DoubtNoCheckIn {
			t.Errorf("doubt = %q, want no_check_in", result.Doubt)
		}
		roster, err := w.FindRoster(w.as(w.leader), shift.ID)
		w.must(err)
		var got []domain.Doubt
		for _, d := range roster.Doubts {
			got = append(got, d.Doubt)
		}
		if diff := cmp.Diff([]domain.Doubt{domain.DoubtNotSignedUp, domain.DoubtNoCheckIn}, got); diff != "" {
			t.Errorf("doubts (-want +got):\n%s", diff)
		}
	})
}

func TestKeptTaps(t *testing.T) {
	t.Parallel()
	t.Run("the leader's tap without network counts when she saw it, whatever her clock shows", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		p := w.phoneOf(w.leader)
		p.wrong = -3 * time.Hour
		p.register() // its clock was wrong from the beginning
		w.clock.Leap(30 * time.Minute)
		seen := w.clock.Now()
		tap := p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v})
		w.clock.Leap(50 * time.Minute)
		result, err := p.send(tap)
		w.must(err)
		at := result.Attendance
		if result.Doubt != domain.DoubtNone || at.InMethod != domain.MethodTapOffline || at.CheckedInAt.Sub(seen).Abs() > time.Second {
			t.Errorf("result = %+v at %v, want a tap at %v", result, at.CheckedInAt, seen)
		}
	})
	t.Run("when her clock was moved meanwhile, nobody knows when: the tap waits", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		p := w.phoneOf(w.leader)
		w.clock.Leap(30 * time.Minute)
		tap := p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v})
		w.clock.Leap(50 * time.Minute)
		p.wrong = -2 * time.Hour
		result, err := p.send(tap)
		w.must(err)
		if result.Doubt != domain.DoubtClock || result.Attendance != nil {
			t.Errorf("result = %+v, want doubt clock and no attendance", result)
		}
	})
	t.Run("somebody else's taps stay refused", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		other := w.signUp(shift)
		tap := p.keep(app.NewClaim{ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: other})
		if _, err := p.send(tap); !errors.Is(err, app.ErrNotLeader) {
			t.Errorf("err = %v, want ErrNotLeader", err)
		}
	})
}

func TestLookAtClaim(t *testing.T) {
	t.Parallel()
	held := func(t *testing.T) (*town, app.ShiftView, string, app.NewClaim) { // seen at nine, tapped at twenty past, sent an hour later
		t.Helper()
		w, shift, p := atTheGate(t)
		in := p.scan(shift, domain.ClaimIn)
		w.clock.Leap(20 * time.Minute)
		_, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: p.holder})
		w.must(err)
		w.clock.Leap(time.Hour)
		_, err = p.send(in)
		w.must(err)
		return w, shift, p.holder, in
	}
	t.Run("one tap accepts what a phone kept; within two minutes it is taken back", func(t *testing.T) {
		t.Parallel()
		w, shift, v, in := held(t)
		before := w.standingAt(shift)
		for range 2 { // the answer was lost
			w.must(w.LookAtClaim(w.as(w.deputy), in.ClaimID, domain.LookAccept))
		}
		roster := w.standingAt(shift)
		at := roster.Lines[0].Attendance
		if at.VolunteerID != v || at.InMethod != domain.MethodLinkOffline || at.CheckedInAt.Sub(shift.StartsAt) >= domain.Step || at.EnteredBy != w.deputy {
			t.Errorf("accepted: %+v", at)
		}
		if d := roster.Doubts[0].Look; d.Verdict != domain.LookAccept || d.UndoUntil().IsZero() || w.count(`SELECT count(*) FROM claim_looks`) != 1 {
			t.Errorf("shown as %+v", d)
		}
		w.must(w.LookAtClaim(w.as(w.leader), in.ClaimID, domain.LookUndo))
		back := w.standingAt(shift)
		was, is := *before.Lines[0].Attendance, *back.Lines[0].Attendance
		was.Version, is.Version = 0, 0
		if diff := cmp.Diff(was, is); diff != "" || !back.Doubts[0].Look.Waits() {
			t.Errorf("taken back: %s %+v", diff, back.Doubts[0])
		}
		w.must(w.LookAtClaim(w.as(w.leader), in.ClaimID, domain.LookAccept))
		w.clock.Leap(domain.UndoWithin + time.Second)
		if err := w.LookAtClaim(w.as(w.leader), in.ClaimID, domain.LookUndo); !errors.Is(err, domain.ErrUndoTooLate) {
			t.Errorf("too late: %v", err)
		}
		if left := w.standingAt(shift).Doubts; len(left) != 0 {
			t.Errorf("still shown: %+v", left)
		}
	})
	t.Run("left aside it asks no more and changes nothing", func(t *testing.T) {
		t.Parallel()
		w, shift, _, in := held(t)
		before := w.standingAt(shift)
		w.must(w.LookAtClaim(w.as(w.leader), in.ClaimID, domain.LookDismiss))
		w.clock.Leap(domain.UndoWithin + time.Second)
		after := w.standingAt(shift)
		if diff := cmp.Diff(before.Lines[0].Attendance, after.Lines[0].Attendance); diff != "" || len(after.Doubts) != 0 {
			t.Errorf("%s %+v", diff, after.Doubts)
		}
	})
	t.Run("nobody accepts their own, and only who leads accepts at all; strangers stay strangers", func(t *testing.T) {
		t.Parallel()
		w, shift, v, in := held(t)
		if err := w.LookAtClaim(w.as(v), in.ClaimID, domain.LookAccept); !errors.Is(err, domain.ErrNoSuchClaim) {
			t.Errorf("by the volunteer: %v", err)
		}
		own := w.phoneOf(w.leader)
		kept := own.scan(shift, domain.ClaimIn)
		stranger := w.phoneOf(id.New())
		strange := stranger.scan(shift, domain.ClaimIn)
		w.clock.Leap(time.Minute)
		for p, n := range map[*phone]app.NewClaim{own: kept, stranger: strange} {
			if result, err := p.send(n); err != nil || result.Doubt != domain.DoubtNotSignedUp {
				t.Fatalf("%q, %v", result.Doubt, err)
			}
		}
		if err := w.LookAtClaim(w.as(w.leader), kept.ClaimID, domain.LookAccept); !errors.Is(err, domain.ErrOwnAttendance) {
			t.Errorf("her own: %v", err)
		}
		w.must(w.LookAtClaim(w.as(w.deputy), kept.ClaimID, domain.LookAccept))
		if err := w.LookAtClaim(w.as(w.leader), strange.ClaimID, domain.LookAccept); !errors.Is(err, domain.ErrNotOfTeam) {
			t.Errorf("a stranger's: %v", err)
		}
	})
}

func (w *town) standingAt(s app.ShiftView) app.Roster {
	w.t.Helper()
	roster, err := w.FindRoster(w.as(w.leader), s.ID)
	w.must(err)
	return roster
}
