package app

import (
	"context"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// shiftsAtOnce is how many shifts a duty takes in one transaction.
const shiftsAtOnce = 20

// endShifts looks at shifts that are over: whoever did not check out is
// unconfirmed from now on and those who lead the team are told how many, and of
// everything that waits to be confirmed it is written down whose turn it is.
// Later it moves on what nobody has confirmed in their time. All of that stands
// in the rows, so a stop in the middle forgets nothing.
func (a *App) endShifts(ctx context.Context) error {
	for {
		var done []string
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			if done, err = store.LockShiftsToTurn(ctx, q, a.clock.Now(), shiftsAtOnce); err != nil {
				return err
			}
			for _, shiftID := range done {
				if err := a.turnShift(ctx, q, shiftID); err != nil {
					return err
				}
			}
			return nil
		})
		a.shifts.Touch(done...)
		if err != nil || len(done) < shiftsAtOnce {
			return err
		}
	}
}

func (a *App) turnShift(ctx context.Context, q postgres.Querier, shiftID string) error {
	listing, err := store.FindAnyListing(ctx, q, shiftID)
	if err != nil {
		return err
	}
	attendances, err := store.LockShiftAttendances(ctx, q, shiftID)
	if err != nil {
		return err
	}
	ladder, err := readLadder(ctx, q, listing.TeamID, attendances)
	if err != nil {
		return err
	}
	var (
		now       = a.clock.Now()
		changed   []domain.Attendance
		events    []outbox.Event
		forgotten int
	)
	for _, at := range attendances {
		forgot := at.Forget(listing.Shift, now)
		if forgot {
			forgotten++
			events = append(events, attendanceChanged(at))
		}
		turned := ladder.Judge(&at, listing.Shift, now)
		if turned {
			events = append(events, a.tellTurn(listing, ladder, at)...)
		}
		if forgot || turned {
			changed = append(changed, at)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	if forgotten > 0 {
		words := map[string]string{"count": strconv.Itoa(forgotten)}
		events = append(events, news(tasksv1.NoticeCheckOutsForgotten, listing, now, words, ladder.Leaders...)...)
	}
	if err := store.UpsertAttendances(ctx, q, changed); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, events...)
}

func readLadder(ctx context.Context, q postgres.Querier, teamID string, attendances []domain.Attendance) (l domain.Ladder, err error) {
	if l.Leaders, err = store.ListLeaders(ctx, q, teamID); err != nil {
		return l, err
	}
	everybody := append([]string(nil), l.Leaders...)
	for _, at := range attendances {
		everybody = append(everybody, at.VolunteerID)
		if at.State != domain.AttendanceRejected && at.InMethod != domain.MethodOwn {
			l.Present = append(l.Present, at.VolunteerID)
		}
	}
	if l.Persons, err = store.FindPersons(ctx, q, everybody); err != nil {
		return l, err
	}
	l.Households, err = store.FindHouseholds(ctx, q, l.Persons)
	return l, err
}

// tellTurn is what those are told whose turn it is by name: the others who lead
// the team, or the one member who was picked.
func (a *App) tellTurn(l domain.Listing, ladder domain.Ladder, at domain.Attendance) []outbox.Event {
	words := map[string]string{"person": at.VolunteerID}
	switch at.Turn {
	case domain.TurnMember:
		return news(tasksv1.NoticeConfirmOne, l, a.clock.Now(), words, at.TurnOf)
	case domain.TurnDeputy:
		var deputies []string
		for _, leader := range ladder.Leaders {
			if !ladder.Persons[at.VolunteerID].Is(leader) && !ladder.Households[at.VolunteerID].Is(leader) {
				deputies = append(deputies, leader)
			}
		}
		return news(tasksv1.NoticeConfirmOne, l, a.clock.Now(), words, deputies...)
	}
	return nil
}
