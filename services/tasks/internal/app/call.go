package app

import (
	"context"
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
	Phone string // empty: none is known
}

// ListCallees returns whom a shift's leader calls: everybody who means to come,
// with whole phone numbers. Teams gives them at this moment and records who
// read them and why; nothing is kept here. Others get NotFound.
func (a *App) ListCallees(ctx context.Context, shiftID string) ([]Callee, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var shift domain.Shift
	var ids []string
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
		ids = coming[shiftID]
		return err
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if a.clock.Now().After(shift.EndsAt.Add(callsUntil)) {
		return nil, ErrNobodyToCall
	}
	phones := map[string]string{}
	for rest := ids; len(rest) > 0; rest = rest[min(len(rest), people.MaxAsk):] {
		some, err := a.people.Phones(ctx, people.PhonesQuery{ReaderID: p.VolunteerID, Reason: "shift." + string(shift.State), IDs: rest[:min(len(rest), people.MaxAsk)]})
		if err != nil {
			return nil, err
		}
		for id, phone := range some {
			phones[id] = phone
		}
	}
	names := a.people.Find(ctx, ids)
	callees := make([]Callee, len(ids))
	for i, id := range ids {
		callees[i] = Callee{Person: names[id], Phone: phones[id]}
	}
	return callees, nil
}
