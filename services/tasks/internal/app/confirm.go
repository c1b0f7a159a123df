package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Verdict is what a leader decides about an exception.
type Verdict string

// The verdicts.
const (
	VerdictReject Verdict = "reject"
	VerdictSetEnd Verdict = "set_end"
	VerdictAccept Verdict = "accept" // of somebody's own word
)

// Decision is a leader's verdict on one attendance.
type Decision struct {
	AttendanceID string
	Verdict      Verdict
	EndedAt      time.Time // with VerdictSetEnd
	Reason       string
}

// Confirmation is what a leader says of a whole shift.
type Confirmation struct {
	PeopleServed int
	Decisions    []Decision
}

// ErrShiftRunning refuses to confirm while people are still on the spot.
var ErrShiftRunning = apperr.New(apperr.Conflict, "shift_running", "活动还没结束，等结束或大家都签退后再确认。", "The shift is still running; confirm when it has ended or everybody has checked out.")

// ConfirmShift settles a shift: what the decisions name is decided as they
// say, and whoever checked in and out is confirmed. The reader's own
// attendance, and check-ins without a check-out or a decision, stay as they
// are for another person or a later look. It returns NotFound to whoever does
// not lead the team.
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
		if !reader.confirms(listing) {
			return struct{}{}, domain.ErrNotPublished
		}
		return struct{}{}, a.confirm(ctx, q, reader.VolunteerID, listing, c)
	})
	if err != nil {
		return Roster{}, err
	}
	a.shifts.Touch(shiftID)
	return a.FindRoster(ctx, shiftID)
}

func (a *App) confirm(ctx context.Context, q postgres.Querier, by string, l domain.Listing, c Confirmation) error {
	shift, err := store.LockShift(ctx, q, l.ID)
	if err != nil {
		return err
	}
	attendances, err := store.LockShiftAttendances(ctx, q, l.ID)
	if err != nil {
		return err
	}
	if err := shift.Settles(len(attendances)); err != nil {
		return err
	}
	now := a.clock.Now()
	if now.Before(shift.EndsAt) && anyOpen(attendances) {
		return ErrShiftRunning
	}
	self, err := store.FindPerson(ctx, q, by)
	if err != nil {
		return err
	}
	changed, err := settle(shift, attendances, confirmer{by, self}, c.Decisions, now)
	if err != nil {
		return err
	}
	if err := store.UpsertAttendances(ctx, q, changed); err != nil {
		return err
	}
	events := confirmedEvents(l, changed)
	shift.PeopleServed = c.PeopleServed
	shift.Version++
	if done(attendances) && shift.State != domain.ShiftConfirmed {
		shift.State, shift.ConfirmedAt = domain.ShiftConfirmed, now
		events = append(events, shiftConfirmed(l, shift, attendances))
	}
	if err := store.UpdateShift(ctx, q, shift); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, events...)
}

// confirmer is who settles a shift, with all records that are theirs.
type confirmer struct {
	id   string
	self domain.Person
}

// settle applies the decisions, then confirms whoever checked in and out. It
// changes attendances in place and returns those that changed.
func settle(s domain.Shift, attendances []domain.Attendance, by confirmer, decisions []Decision, now time.Time) ([]domain.Attendance, error) {
	byID := make(map[string]*domain.Attendance, len(attendances))
	versions := make(map[string]int64, len(attendances))
	for i := range attendances {
		byID[attendances[i].ID] = &attendances[i]
		versions[attendances[i].ID] = attendances[i].Version
	}
	for _, d := range decisions {
		at, ok := byID[d.AttendanceID]
		if !ok {
			return nil, domain.ErrNoSuchAttendance
		}
		if err := decide(at, s, by, d, now); err != nil {
			return nil, err
		}
	}
	var changed []domain.Attendance
	for i := range attendances {
		at := &attendances[i]
		if at.State == domain.AttendanceClosed && !by.self.Is(at.VolunteerID) {
			if err := at.Confirm(s, by.id, now); err != nil {
				return nil, err
			}
		}
		if at.Version != versions[at.ID] {
			changed = append(changed, *at)
		}
	}
	return changed, nil
}

func decide(at *domain.Attendance, s domain.Shift, by confirmer, d Decision, now time.Time) error {
	if by.self.Is(at.VolunteerID) { // entering one's own end is deciding one's own hours as well
		return domain.ErrOwnAttendance
	}
	switch d.Verdict {
	case VerdictReject:
		return at.Reject(by.id, d.Reason, now)
	case VerdictAccept:
		return at.Accept()
	default:
		return at.SetEnd(s, d.EndedAt.UTC(), d.Reason)
	}
}

func anyOpen(attendances []domain.Attendance) bool {
	for _, at := range attendances {
		if at.State == domain.AttendanceOpen {
			return true
		}
	}
	return false
}

func done(attendances []domain.Attendance) bool {
	for _, at := range attendances {
		if !at.Decided() {
			return false
		}
	}
	return true
}

// confirmedEvents tells of each confirmed attendance that earned a minute.
func confirmedEvents(l domain.Listing, changed []domain.Attendance) []outbox.Event {
	var events []outbox.Event
	for _, at := range changed {
		if at.State != domain.AttendanceConfirmed || at.Minutes == 0 {
			continue
		}
		events = append(events, tasksv1.AttendanceConfirmed{
			AttendanceID: at.ID, ShiftID: l.ID, TaskID: l.TaskID, TaskTitle: l.Title,
			TeamID: l.TeamID, RegionPath: l.RegionPath, ReportingUnit: l.ReportingUnit, ProgrammeID: l.ProgrammeID,
			VolunteerID: at.VolunteerID, Verification: string(at.Verification), From: at.From, To: at.To, Minutes: at.Minutes,
			ConfirmedBy: at.ConfirmedBy, ConfirmedAt: at.ConfirmedAt, Version: at.Version,
		})
	}
	return events
}

func shiftConfirmed(l domain.Listing, s domain.Shift, attendances []domain.Attendance) tasksv1.ShiftConfirmed {
	e := tasksv1.ShiftConfirmed{
		ShiftID: s.ID, TaskID: s.TaskID, TeamID: l.TeamID, PeopleServed: s.PeopleServed, ConfirmedAt: s.ConfirmedAt, Version: s.Version,
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
