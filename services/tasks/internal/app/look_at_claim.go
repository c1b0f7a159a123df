package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LookAtClaim is a leader's verdict on a claim that is held: accepted, it is
// written down as it says; dismissed, it asks no more; either is taken back
// within two minutes. A verdict that stands already changes nothing. It returns
// NotFound to whoever does not lead the team, ErrOwnAttendance to whom the claim
// is about, ErrNotOfTeam, and the refusals of the domain.
func (a *App) LookAtClaim(ctx context.Context, claimID string, verdict domain.LookVerdict) error {
	type request struct {
		ClaimID string
		Verdict domain.LookVerdict
	}
	shiftID, err := idempotency.Do(ctx, a.db, a.clock.Now(), "look_at_claim", request{claimID, verdict}, func(q postgres.Querier) (string, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return "", err
		}
		claim, shiftID, err := store.FindDoubtedClaim(ctx, q, claimID)
		if err != nil {
			return "", err
		}
		listing, err := a.mustLead(ctx, q, reader, shiftID)
		if errors.Is(err, domain.ErrNotPublished) {
			err = domain.ErrNoSuchClaim
		}
		if err != nil {
			return "", err
		}
		if reader.self.Is(claim.VolunteerID) {
			return "", domain.ErrOwnAttendance
		}
		p, err := a.holdPlace(ctx, q, listing, store.Seat{ShiftID: shiftID, VolunteerID: claim.VolunteerID})
		if err != nil {
			return "", err
		}
		if claim, _, err = store.FindDoubtedClaim(ctx, q, claimID); err != nil { // as it is behind the lock
			return "", err
		}
		return shiftID, a.look(ctx, q, reader, p, claim, verdict)
	})
	if err == nil {
		a.shifts.Touch(shiftID)
	}
	return err
}

func (a *App) look(ctx context.Context, q postgres.Querier, reader crew, p place, claim domain.DoubtedClaim, verdict domain.LookVerdict) error {
	if claim.Look.Verdict == verdict || verdict != domain.LookUndo && !claim.Look.Waits() {
		return nil // somebody was quicker
	}
	now := a.clock.Now()
	next := domain.Look{ClaimID: claim.ClaimID, Turn: claim.Look.Turn + 1, Verdict: verdict, ActorID: reader.VolunteerID, At: now}
	var at domain.Attendance
	var err error
	switch {
	case verdict == domain.LookAccept && !p.belongs:
		return domain.ErrNotOfTeam
	case verdict == domain.LookAccept:
		claim.VolunteerID = p.seat.VolunteerID
		at, err = p.shift.AcceptHeld(claim, p.attendance, reader.VolunteerID, now)
		next.Before, next.Version = p.attendance, at.Version
	case verdict == domain.LookUndo && claim.Look.Verdict == domain.LookAccept:
		at, err = claim.Look.TakeBack(p.attendance, now)
	case verdict == domain.LookUndo && now.After(claim.Look.UndoUntil()):
		err = domain.ErrUndoTooLate
	}
	if err != nil {
		return err
	}
	if err := store.InsertLook(ctx, q, next); err != nil || at.ID == "" {
		return err
	}
	if err := store.UpsertAttendances(ctx, q, []domain.Attendance{at}); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, attendanceChanged(at))
}
