package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How two records become one (docs/merging.md)
//
// The record that goes stays as a pointer: state merged, merged_into the one
// that stays. Its memberships, skills, consents and inbox move, its sessions,
// claim links and second factors end (ADR 35), its phone and paper fill what
// the other lacks. The ledger of hours is never
// touched: hours and tasks hear of the pointer in volunteer.changed and read
// the one as the other from then on. Pointers have one link: what pointed to
// the record that goes points to the one that stays.
//
// Both rows are held, the smaller id first, so that of two merges that cross
// the second finds a record merged and is refused; and whoever joins a team at
// that moment comes before or after (memberships_person_check).

// MergeVolunteers makes the record gone part of the one that stays, by an
// officer of both, who is neither, with a reason that names nobody. It returns
// the record that stays.
func (a *App) MergeVolunteers(ctx context.Context, survivorID, goneID, reason string) (VolunteerRecord, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return VolunteerRecord{}, err
	}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "mergeVolunteers", []string{survivorID, goneID, reason}, func(q postgres.Querier) (bool, error) {
		survivor, gone, err := a.lockBoth(ctx, q, survivorID, goneID)
		if err != nil {
			return false, err
		}
		if p.VolunteerID == survivorID || p.VolunteerID == goneID {
			return false, domain.ErrOwnMerge
		}
		return true, a.merge(ctx, q, survivor, gone, p.VolunteerID, reason)
	}); err != nil {
		return VolunteerRecord{}, err
	}
	return a.showAfter(ctx, survivorID)
}

func (a *App) lockBoth(ctx context.Context, q postgres.Querier, survivorID, goneID string) (survivor, gone domain.Volunteer, err error) {
	if survivorID == goneID {
		survivor, err = a.volunteerFor(ctx, q, mergeVolunteers, survivorID)
		return survivor, survivor, err
	}
	var both [2]domain.Volunteer
	for i, volunteerID := range []string{min(survivorID, goneID), max(survivorID, goneID)} {
		if both[i], err = a.lockVolunteerFor(ctx, q, mergeVolunteers, volunteerID); err != nil {
			return survivor, gone, err
		}
	}
	if both[0].ID == survivorID {
		return both[0], both[1], nil
	}
	return both[1], both[0], nil
}

func (a *App) merge(ctx context.Context, q postgres.Querier, survivor, gone domain.Volunteer, by, reason string) error {
	if err := survivor.Absorb(&gone); err != nil {
		return err
	}
	now := a.clock.Now()
	if err := a.mayGo(ctx, q, gone.ID); err != nil {
		return err
	}
	if err := a.moveBelongings(ctx, q, gone.ID, survivor.ID); err != nil {
		return err
	}
	if err := a.moveConsents(ctx, q, gone.ID, &survivor, by); err != nil {
		return err
	}
	if err := a.holdMinor(ctx, q, &survivor); err != nil {
		return err
	}
	if survivor.State == domain.VolunteerWaiting {
		return domain.ErrMergeWaits // nobody may be in a team under it
	}
	for _, v := range []domain.Volunteer{gone, survivor} { // gone first: it gives up the numbers
		if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
			return err
		}
	}
	events, err := a.passOn(ctx, q, gone.ID, survivor.ID)
	if err != nil {
		return err
	}
	moved, err := a.moveMemberships(ctx, q, gone.ID, survivor.ID, by)
	if err != nil {
		return err
	}
	if err := a.endEntrances(ctx, q, gone, survivor); err != nil {
		return err
	}
	for _, v := range []domain.Volunteer{gone, survivor} {
		if err := a.record(ctx, q, "volunteer.merged", v.ID, reason); err != nil {
			return err
		}
		events = append(events, volunteerChanged(v))
	}
	return outbox.Append(ctx, q, now, append(events, moved...)...)
}

// passOn turns what pointed to the record that goes to the one that stays.
func (a *App) passOn(ctx context.Context, q postgres.Querier, goneID, survivorID string) ([]outbox.Event, error) {
	before, err := store.LockMergedInto(ctx, q, a.vault, goneID)
	if err != nil {
		return nil, err
	}
	var events []outbox.Event
	for _, v := range before {
		v.PassOn(survivorID)
		if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
			return nil, err
		}
		events = append(events, volunteerChanged(v))
	}
	return events, nil
}

func (a *App) moveMemberships(ctx context.Context, q postgres.Querier, goneID, survivorID, by string) ([]outbox.Event, error) {
	gone, err := store.LockOpenMemberships(ctx, q, goneID)
	if err != nil {
		return nil, err
	}
	kept, err := store.LockOpenMemberships(ctx, q, survivorID)
	if err != nil {
		return nil, err
	}
	moved := domain.MoveMemberships(gone, kept, survivorID, by, id.New, a.clock.Now())
	for _, m := range moved.Changed {
		if err := store.UpdateMembership(ctx, q, m); err != nil {
			return nil, err
		}
	}
	for _, m := range moved.Made {
		if err := store.InsertMembership(ctx, q, m); err != nil {
			return nil, err
		}
	}
	events := make([]outbox.Event, len(moved.Told))
	for i, m := range moved.Told {
		events[i] = membershipChanged(m)
	}
	return events, nil
}
