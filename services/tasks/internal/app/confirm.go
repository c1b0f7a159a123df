package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Confirmation is what a leader says of a whole shift.
type Confirmation struct {
	PeopleServed int
	Decisions    []Decision
}

// ErrShiftRunning refuses to confirm while people are still on the spot.
var ErrShiftRunning = apperr.New(apperr.Conflict, "shift_running", "活动还没结束，等结束或大家都签退后再确认。", "The shift is still running; confirm when it has ended or everybody has checked out.")

// ConfirmShift settles a shift, or what of it is the reader's to decide (see
// domain.Decider): what the decisions name is decided as they say, and whoever
// checked in and out is confirmed. The reader's own attendance, those of their
// household, and what was not seen to its end and has no decision stay as they
// are for another person or a later look. It returns NotFound to whoever has
// nothing to decide there.
func (a *App) ConfirmShift(ctx context.Context, shiftID string, c Confirmation) (Roster, error) {
	type request struct {
		ShiftID string
		Confirmation
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "confirm_shift", request{shiftID, c}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.confirm(ctx, q, reader, listing, c)
	})
	if err != nil {
		return Roster{}, err
	}
	a.shifts.Touch(shiftID)
	return a.FindRoster(ctx, shiftID)
}

func (a *App) confirm(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing, c Confirmation) error {
	if l.Kind == domain.KindTraining { // two sessions are confirmed one after the other: together they may complete it
		if _, err := store.LockTask(ctx, q, l.TaskID); err != nil {
			return err
		}
	}
	shift, err := store.LockShift(ctx, q, l.ID)
	if err != nil {
		return err
	}
	attendances, err := store.LockShiftAttendances(ctx, q, l.ID)
	if err != nil {
		return err
	}
	by, err := reader.decider(ctx, q, l)
	if err != nil {
		return err
	}
	if !by.Leads && !decidesAny(by, attendances) {
		return domain.ErrNotPublished
	}
	if err := shift.Settles(len(attendances)); err != nil {
		return err
	}
	now := a.clock.Now()
	if now.Before(shift.EndsAt) && anyOpen(attendances) {
		return ErrShiftRunning
	}
	s := settling{shift: shift, attendances: attendances, by: by, now: now}
	if s.asked, err = store.ListAsked(ctx, q, l.ID); err != nil {
		return err
	}
	if s.away, err = store.ListAways(ctx, q, l.ID); err != nil {
		return err
	}
	setting, err := store.FindSetting(ctx, q, l.ProgrammeID, domain.DayOf(shift.StartsAt))
	if err != nil {
		return err
	}
	s.rounding = setting.Rounding
	if err := s.settle(c.Decisions); err != nil {
		return err
	}
	return a.keepSettled(ctx, q, l, s, c.PeopleServed)
}

func (a *App) keepSettled(ctx context.Context, q postgres.Querier, l domain.Listing, s settling, served int) error {
	for _, volunteerID := range s.household {
		if err := store.InsertHousehold(ctx, q, s.by.ID, volunteerID, s.now); err != nil {
			return err
		}
	}
	if err := store.UpsertAttendances(ctx, q, s.changed); err != nil {
		return err
	}
	events, err := confirmedEvents(ctx, q, l, s.changed)
	if err != nil {
		return err
	}
	if err := a.ask(ctx, q, s.places(l.TeamID)); err != nil {
		return err
	}
	if l.Kind == domain.KindTraining {
		completed, err := a.completeClass(ctx, q, l, s)
		if err != nil {
			return err
		}
		events = append(events, completed...)
	}
	if s.by.Leads || served > 0 { // whoever confirms one line says nothing about the rest
		s.shift.PeopleServed = served
	}
	s.shift.Version++
	over := !s.shift.Flexible() || !s.now.Before(s.shift.EndsAt) // until then more may be done
	if over && done(s.attendances) && s.shift.State != domain.ShiftConfirmed {
		missed, err := missedBy(ctx, q, s.shift)
		if err != nil {
			return err
		}
		s.shift.State, s.shift.ConfirmedAt = domain.ShiftConfirmed, s.now
		events = append(append(events, shiftConfirmed(l, s.shift, s.attendances)), missed...)
	}
	if err := store.UpdateShift(ctx, q, s.shift); err != nil {
		return err
	}
	return outbox.Append(ctx, q, s.now, events...)
}

// missedBy writes down who had a seat and was not seen. Nobody had to come to
// what was paused, or to what has no hours.
func missedBy(ctx context.Context, q postgres.Querier, s domain.Shift) ([]outbox.Event, error) {
	if s.State == domain.ShiftPaused || s.Flexible() {
		return nil, nil
	}
	missed, err := store.MarkNoShows(ctx, q, s.ID)
	events := make([]outbox.Event, len(missed))
	for i, u := range missed {
		events[i] = signUpChanged(u)
	}
	return events, err
}

func decidesAny(by domain.Decider, attendances []domain.Attendance) bool {
	return slices.ContainsFunc(attendances, func(at domain.Attendance) bool { return by.May(at) == nil })
}

// confirmedEvents tells of each confirmed attendance that earned a minute, and
// which of the brigades that hold the activity has it.
func confirmedEvents(ctx context.Context, q postgres.Querier, l domain.Listing, changed []domain.Attendance) ([]outbox.Event, error) {
	ids := make([]string, len(changed))
	for i, at := range changed {
		ids[i] = at.VolunteerID
	}
	to, err := credits(ctx, q, l, ids)
	if err != nil {
		return nil, err
	}
	var events []outbox.Event
	for _, at := range changed {
		if at.State != domain.AttendanceConfirmed || at.Minutes == 0 {
			continue
		}
		events = append(events, tasksv1.AttendanceConfirmed{
			AttendanceID: at.ID, ShiftID: l.ID, TaskID: l.TaskID, TaskTitle: l.Title,
			TeamID: to[at.VolunteerID].TeamID, RegionPath: to[at.VolunteerID].RegionPath, ReportingUnit: to[at.VolunteerID].ReportingUnit, ProgrammeID: l.ProgrammeID, Kind: string(l.Kind),
			VolunteerID: at.VolunteerID, Verification: string(at.Verification), From: at.From, To: at.To, Minutes: at.Minutes,
			ConfirmedBy: at.ConfirmedBy, ConfirmedAt: at.ConfirmedAt, Version: at.Version,
		})
	}
	return events, nil
}

func shiftConfirmed(l domain.Listing, s domain.Shift, attendances []domain.Attendance) tasksv1.ShiftConfirmed {
	e := tasksv1.ShiftConfirmed{
		ShiftID: s.ID, TaskID: s.TaskID, TeamID: l.TeamID, Kind: string(l.Kind), PeopleServed: s.PeopleServed, ConfirmedAt: s.ConfirmedAt,
		TaskTitle: l.Title, ProgrammeID: l.ProgrammeID, RegionPath: l.RegionPath, ReportingUnit: l.ReportingUnit, StartsAt: s.StartsAt, Version: s.Version,
	}
	for _, at := range attendances {
		if at.State == domain.AttendanceConfirmed {
			e.Confirmed++
		} else {
			e.Rejected++
		}
	}
	return e
}
