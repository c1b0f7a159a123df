package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// mostHeld is how many held credits are shown at a time; those decided make
// room for the next.
const mostHeld = 200

// HeldView is a held credit beside the line that has the time, with names.
type HeldView struct {
	domain.HeldCredit
	TeamName, ProgrammeName string
	Volunteer, ConfirmedBy  string

	Other     domain.Entry
	OtherTeam string
	OtherBy   string
	MayDecide bool // the reader is neither of the two, nor who confirmed it
}

// HeldDecision is what is decided about a held credit: a time that is credited,
// or, with none given, that it is not.
type HeldDecision struct {
	From, To time.Time
	Reason   string
}

// ListHeld returns what waits in the reader's regions, the oldest first. To who
// decides for no region it is empty.
func (a *App) ListHeld(ctx context.Context) ([]HeldView, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var views []HeldView
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		held, err := store.ListOpenHeld(ctx, q, who.RegionsDecided(), mostHeld)
		if err != nil {
			return err
		}
		views, err = a.viewHeld(ctx, q, who, held)
		return err
	})
	if err != nil {
		return nil, err
	}
	a.nameHeld(ctx, views)
	return views, nil
}

func (a *App) viewHeld(ctx context.Context, q postgres.Querier, who auth.Principal, held []domain.HeldCredit) ([]HeldView, error) {
	views, ids := make([]HeldView, len(held)), make([]string, len(held))
	for i, h := range held {
		ids[i] = h.Against
	}
	others, err := store.ListEntriesByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	persons, err := store.FindPersons(ctx, q, who.VolunteerID)
	if err != nil {
		return nil, err
	}
	self := persons[who.VolunteerID]
	for i, h := range held {
		views[i] = HeldView{HeldCredit: h, Other: others[h.Against], MayDecide: !self.Is(h.Entry.VolunteerID) && !self.Is(h.Entry.ConfirmedBy)}
	}
	return views, nil
}

func (a *App) nameHeld(ctx context.Context, views []HeldView) {
	ids := make([]string, 0, 3*len(views))
	for _, v := range views {
		ids = append(ids, v.Entry.VolunteerID, v.Entry.ConfirmedBy, v.Other.ConfirmedBy)
	}
	persons := a.people.Find(ctx, ids)
	for i := range views {
		v := &views[i]
		v.TeamName, v.ProgrammeName = a.names.name(domain.Team, v.Entry.TeamID), a.names.name(domain.Programme, v.Entry.ProgrammeID)
		v.OtherTeam = a.names.name(domain.Team, v.Other.TeamID)
		v.Volunteer, v.ConfirmedBy, v.OtherBy = persons[v.Entry.VolunteerID].FullName(), persons[v.Entry.ConfirmedBy].FullName(), persons[v.Other.ConfirmedBy].FullName()
	}
}

// DecideHeld credits a held credit for some of its time, or closes it. It is
// for who decides for the region of its team; others get NotFound, and who was
// part of it Forbidden. What overlaps a line that is in the ledger now is
// refused with store.ErrOverlap: the other line is to be corrected first.
func (a *App) DecideHeld(ctx context.Context, heldID string, d HeldDecision) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !id.Valid(heldID) {
		return store.ErrNoHeld
	}
	type request struct {
		ID string
		HeldDecision
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "decide_held_credit", request{heldID, d}, func(q postgres.Querier) (struct{}, error) {
		return struct{}{}, a.decideHeld(ctx, q, who, heldID, d)
	})
	return err
}

func (a *App) decideHeld(ctx context.Context, q postgres.Querier, who auth.Principal, heldID string, d HeldDecision) error {
	held, err := store.FindHeld(ctx, q, heldID) // whose it is, to hold the person first
	if err != nil {
		return err
	}
	if !who.Decides(held.Entry.RegionPath) {
		return store.ErrNoHeld
	}
	people, err := lockPeople(ctx, q, []domain.Entry{held.Entry, {VolunteerID: who.VolunteerID}})
	if err != nil {
		return err
	}
	if held, err = store.LockHeld(ctx, q, heldID); err != nil {
		return err
	}
	now := a.clock.Now()
	if err := held.Decide(who.VolunteerID, people[who.VolunteerID], d.From, d.To, d.Reason, now); err != nil {
		return err
	}
	if held.State == domain.HeldCredited {
		if err := a.creditHeld(ctx, q, people, &held); err != nil {
			return err
		}
	}
	if err := store.UpdateHeld(ctx, q, held); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, heldNews(hoursv1.NoticeCreditDecided, held, now)...)
}

// creditHeld posts the line that a held credit became, less what a cap cuts.
func (a *App) creditHeld(ctx context.Context, q postgres.Querier, people map[string]domain.Person, held *domain.HeldCredit) error {
	publicity, err := store.FindPublicity(ctx, q, domain.DayOf(held.DecidedAt))
	if err != nil {
		return err
	}
	held.Entry.SettlesOn = publicity.SettlesOn(held.Entry.RegionPath, held.DecidedAt)
	placed, err := place(ctx, q, people, []domain.Entry{held.Entry})
	if err != nil {
		return err
	}
	if placed[0].Against != "" {
		return store.ErrOverlap
	}
	return a.write(ctx, q, people, placed)
}
