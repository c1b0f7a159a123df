package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// callsUntil is how long after a shift its leaders may still need to call
// those who meant to come.
const callsUntil = 24 * time.Hour

// ErrNobodyToCall refuses phone numbers of a shift that is long over.
var ErrNobodyToCall = apperr.New(apperr.Conflict, "nobody_to_call", "这一场早已结束，不再提供电话。", "This shift is long over; its phone numbers are no longer given.")

// Callee is somebody who meant to come, with the number to call.
type Callee struct {
	people.Person
	Phone  string // empty: none is known
	Coming bool   // said so (我会来)
	Waits  bool   // on the waiting list
}

// Cancelled is somebody who gave their seat back within a day of the start.
type Cancelled struct {
	people.Person
	Reason string
}

// ListCallees returns whom a shift's leader calls: everybody who means to come,
// with whole phone numbers, and who cancelled at the last moment, with the reason. Teams gives them at this moment and records who
// read them and why; nothing is kept here. Others get NotFound.
func (a *App) ListCallees(ctx context.Context, shiftID string) ([]Callee, []Cancelled, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	var shift domain.Shift
	var ids []string
	var late []domain.SignUp
	var signUps map[store.Seat]domain.SignUp
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return err
		}
		if !reader.leads(listing.TeamID) {
			return domain.ErrNotPublished
		}
		shift = listing.Shift
		coming, err := store.ListComing(ctx, q, []string{shiftID})
		if ids = coming[shiftID]; err != nil {
			return err
		}
		seats := make([]store.Seat, len(ids))
		for i, id := range ids {
			seats[i] = store.Seat{ShiftID: shiftID, VolunteerID: id}
		}
		if signUps, err = store.ListSignUps(ctx, q, seats); err != nil {
			return err
		}
		late, err = store.ListLateWithdrawals(ctx, q, shiftID)
		return err
	})
	if err != nil || len(ids)+len(late) == 0 {
		return nil, nil, err
	}
	if a.clock.Now().After(shift.EndsAt.Add(callsUntil)) {
		return nil, nil, ErrNobodyToCall
	}
	phones := map[string]string{}
	for rest := ids; len(rest) > 0; rest = rest[min(len(rest), people.MaxAsk):] {
		some, err := a.people.Phones(ctx, people.PhonesQuery{ReaderID: p.VolunteerID, Reason: "shift." + string(shift.State), IDs: rest[:min(len(rest), people.MaxAsk)]})
		if err != nil {
			return nil, nil, err
		}
		for id, phone := range some {
			phones[id] = phone
		}
	}
	all := slices.Clone(ids)
	for _, u := range late {
		all = append(all, u.VolunteerID)
	}
	names := a.people.Find(ctx, all)
	callees, cancelled := make([]Callee, len(ids)), make([]Cancelled, len(late))
	for i, id := range ids {
		u := signUps[store.Seat{ShiftID: shiftID, VolunteerID: id}]
		callees[i] = Callee{Person: names[id], Phone: phones[id], Coming: u.SaysComing(shift), Waits: u.State != domain.SignUpConfirmed}
	}
	for i, u := range late {
		cancelled[i] = Cancelled{Person: names[u.VolunteerID], Reason: u.Reason}
	}
	return callees, cancelled, nil
}
