package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Review ends the trial: it goes on, or it is closed.
func (p Pairing) Review(goesOn bool, by string, now time.Time) (Pairing, error) {
	if p.State != PairingTrial {
		return p, ErrPairingMoved
	}
	p.ReviewedBy, p.ReviewedAt = by, now
	if !goesOn {
		return p.End(ClosedTrial, by, now), nil
	}
	return p.become(PairingActive, now), nil
}

// Pause stops meetings for a while.
func (p Pairing) Pause(reason, by string, now time.Time) (Pairing, error) {
	switch {
	case !p.Meets():
		return p, ErrPairingMoved
	case !slices.Contains(PausingReasons, reason):
		return p, apperr.For("reason", ErrPairingReason)
	}
	return p.pause(reason, by, now), nil
}

// Suspend pauses by itself, when the companion parent may not be with a child now.
func (p Pairing) Suspend(now time.Time) Pairing {
	if p.Meets() {
		return p.pause(PausedSuspended, "", now)
	}
	return p
}

func (p Pairing) pause(reason, by string, now time.Time) Pairing {
	p.PausedFrom, p.PausedReason, p.PausedBy = p.State, reason, by
	return p.become(PairingPaused, now)
}

// Resume lets things go on. A trial is as long as it was: what it stood still is added.
func (p Pairing) Resume(now time.Time) (Pairing, error) {
	if p.State != PairingPaused {
		return p, ErrPairingMoved
	}
	if p.PausedFrom == PairingTrial {
		p.TrialEndsAt = p.TrialEndsAt.Add(now.Sub(p.StateAt))
	}
	state := p.PausedFrom
	p.PausedFrom, p.PausedReason, p.PausedBy = "", "", ""
	return p.become(state, now), nil
}

// Reinstate resumes what only the companion parent's suspension had paused.
func (p Pairing) Reinstate(now time.Time) Pairing {
	if p.State == PairingPaused && p.PausedReason == PausedSuspended {
		p, _ = p.Resume(now)
	}
	return p
}

// Ending is how an officer closes a pairing.
type Ending struct {
	Reason     string // a word of ClosingReasons
	FarewellOn string // 告别见面; may be empty where there can be none
	Note       string // for whoever goes on; sealed
}

// farewellDays is how far from today a farewell may be.
const farewellDays = 62

// Close ends a pairing with a reason, a farewell, and what has to be handed over.
func (p Pairing) Close(e Ending, by string, now time.Time) (Pairing, HandoverNote, error) {
	note := HandoverNote{strings.TrimSpace(e.Note)}
	day, err := time.ParseInLocation(time.DateOnly, e.FarewellOn, clock.City)
	met := p.Stands()
	needless := !met || e.Reason == "not_suited" || e.Reason == ClosedWish || e.Reason == "other" // may be none
	switch {
	case !p.Open():
		return p, note, ErrNoPairing
	case e.Reason != ClosedTransferred && !slices.Contains(ClosingReasons, e.Reason):
		return p, note, apperr.For("reason", ErrPairingReason)
	case e.FarewellOn == "" && !needless, e.FarewellOn != "" && (err != nil || day.Before(now.AddDate(0, 0, -farewellDays)) || day.After(now.AddDate(0, 0, farewellDays))):
		return p, note, apperr.For("farewell_on", ErrPairingFarewell)
	case e.Reason == ClosedTransferred && note.Note == "", !short(note.Note, 0, 500):
		return p, note, apperr.For("note", ErrPairingHandover)
	}
	p = p.End(e.Reason, by, now)
	p.FarewellOn = e.FarewellOn
	return p, note, nil
}

// End closes a pairing, by itself when by is empty. What is over stays as it was.
func (p Pairing) End(reason, by string, now time.Time) Pairing {
	if !p.Open() {
		return p
	}
	p.ClosedReason, p.ClosedBy, p.DueAt = reason, by, time.Time{}
	p.PausedFrom, p.PausedReason, p.PausedBy = "", "", ""
	return p.become(PairingClosed, now)
}

func (p Pairing) become(state PairingState, now time.Time) Pairing {
	p.State, p.StateAt, p.Version = state, now, p.Version+1
	return p
}
