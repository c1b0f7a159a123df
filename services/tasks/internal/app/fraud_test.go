package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// TestReplay is F3: a code used again, and a request that somebody caught.
func TestReplay(t *testing.T) {
	t.Parallel()
	t.Run("the same volunteer shows one code ten times: one check-in", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		ticket := w.ticketIn(shift, "her phone")
		for range 10 {
			_, err := w.CreateClaim(w.as(p.holder), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket, Mark: "her phone"})
			w.must(err)
		}
		if n := w.count(`SELECT count(*) FROM attendances`); n != 1 {
			t.Errorf("%d attendances, want 1", n)
		}
	})
	t.Run("on another phone a caught request, a ticket that was passed on, and its code give nothing", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		absent := w.signUp(shift)
		caught := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticketIn(shift, "her phone"), Mark: "her phone"}
		_, err := w.CreateClaim(w.as(p.holder), caught)
		w.must(err)
		w.clock.Leap(25 * time.Second)
		code := shift.Key.Code(shift.ID, w.clock.Now().Add(-25*time.Second))
		for name, n := range map[string]app.NewClaim{
			"as it was, by another":       caught,
			"from the other's browser":    {ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: caught.Ticket, Mark: "another phone"},
			"from one without a mark":     {ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: caught.Ticket},
			"the ticket's code by itself": {ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Code: code, Mark: "another phone"},
		} {
			if _, err := w.CreateClaim(w.as(absent), n); err == nil {
				t.Errorf("%s: accepted", name)
			}
		}
		if n := w.count(`SELECT count(*) FROM attendances WHERE volunteer_id = $1`, absent); n != 0 {
			t.Errorf("%d attendances of who is absent, want none", n)
		}
		unbound := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticket(shift), Mark: "another phone"}
		if _, err := w.CreateClaim(w.as(absent), unbound); err != nil {
			t.Errorf("a ticket that is bound to no browser is refused (%v): the test tests nothing", err)
		}
	})
	t.Run("what a ticket of another phone answers says what to do", func(t *testing.T) {
		t.Parallel()
		w, shift, p := atTheGate(t)
		n := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticketIn(shift, "a"), Mark: "b"}
		if _, err := w.CreateClaim(w.as(p.holder), n); !errors.Is(err, domain.ErrOtherBrowser) {
			t.Errorf("err = %v, want ErrOtherBrowser", err)
		}
	})
}

// TestClaimsCarryTheirDevice is what F4 needs: from which browser a claim
// came, and whether its phone was declared to be shared.
func TestClaimsCarryTheirDevice(t *testing.T) {
	t.Parallel()
	w, shift, _ := atTheGate(t)
	for range 5 {
		v := w.signUp(shift)
		n := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticketIn(shift, "one phone"), Mark: "one phone"}
		_, err := w.CreateClaim(w.as(v), n)
		w.must(err)
	}
	if n := w.count(`SELECT count(DISTINCT volunteer_id) FROM claims WHERE mark = 'one phone' AND NOT shared`); n != 5 {
		t.Errorf("%d people from one phone, want 5", n)
	}
}

// ticketIn is what the portal vouches for when a browser opens the leader's code now.
func (w *town) ticketIn(s app.ShiftView, mark string) string {
	w.t.Helper()
	ticket, err := w.signer.Ticket(s.ID, s.Key.Code(s.ID, w.clock.Now()), mark)
	w.must(err)
	return ticket
}
