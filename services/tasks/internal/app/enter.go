package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewAttendance is what is entered after the fact: by a leader for somebody
// who was there (事后补录), or by somebody for themself (本人申报).
type NewAttendance struct {
	ShiftID     string
	VolunteerID string // empty: the reader's own word
	Period      domain.Period
	Reason      string
}

// EnterAttendance enters that somebody was at a shift. A leader enters others
// of the team, or who signed up; everybody may say it of themself, and then
// somebody else decides. It returns NotFound to whoever does not lead the team
// and enters another, ErrOwnAttendance to a leader who enters herself as if she
// were another, ErrNotSignedUp and ErrNotOfTeam, and the refusals of the domain.
func (a *App) EnterAttendance(ctx context.Context, n NewAttendance) (result ClaimResult, err error) {
	n.Period = domain.Period{From: n.Period.From.UTC(), To: n.Period.To.UTC()}
	entered, err := idempotency.Do(ctx, a.db, a.clock.Now(), "enter_attendance", n, func(q postgres.Querier) (domain.Attendance, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return domain.Attendance{}, err
		}
		listing, err := store.FindListing(ctx, q, n.ShiftID)
		if err != nil {
			return domain.Attendance{}, err
		}
		subject := n.VolunteerID
		switch {
		case subject == "":
			subject = reader.VolunteerID
		case !reader.leads(listing.TeamID):
			return domain.Attendance{}, domain.ErrNotPublished
		case reader.self.Is(subject):
			return domain.Attendance{}, domain.ErrOwnAttendance
		}
		p, err := a.holdPlace(ctx, q, listing, store.Seat{ShiftID: n.ShiftID, VolunteerID: subject})
		if err != nil {
			return domain.Attendance{}, err
		}
		at, err := a.enter(ctx, q, listing, p, reader, n)
		if err != nil {
			return domain.Attendance{}, err
		}
		return at, a.keepEntered(ctx, q, listing, reader, at)
	})
	if err != nil {
		return ClaimResult{}, err
	}
	result.Attendance = &entered
	a.shifts.Touch(n.ShiftID)
	err = a.db.Read(ctx, func(q postgres.Querier) (err error) {
		result.Listing, err = store.FindListing(ctx, q, n.ShiftID)
		return err
	})
	return result, err
}

// place is one person's place at a shift, held.
type place struct {
	shift      domain.Shift
	seat       store.Seat         // under whichever record of theirs
	attendance *domain.Attendance // nil: nothing is known
	seated     bool               // has a seat
	belongs    bool               // signed up, or of a team that holds it
}

// holdPlace holds a person, the shift, their sign-ups there and their
// attendance, in this order.
func (a *App) holdPlace(ctx context.Context, q postgres.Querier, l domain.Listing, own store.Seat) (p place, err error) {
	if err := store.LockPerson(ctx, q, own.VolunteerID); err != nil {
		return place{}, err
	}
	person, err := store.FindPerson(ctx, q, own.VolunteerID)
	if err != nil {
		return place{}, err
	}
	if p.shift, err = store.LockShift(ctx, q, own.ShiftID); err != nil {
		return place{}, err
	}
	seats := personSeats(person, own.ShiftID)
	signUps, err := store.LockSignUps(ctx, q, seats)
	if err != nil {
		return place{}, err
	}
	attendances, err := store.LockAttendances(ctx, q, seats)
	if err != nil {
		return place{}, err
	}
	members, err := store.ListMembers(ctx, q, person.IDs())
	if err != nil {
		return place{}, err
	}
	holders, err := holdersOf(ctx, q, l)
	if err != nil {
		return place{}, err
	}
	p.seat = heldSeat(person, own, signUps)
	for _, seat := range append([]store.Seat{p.seat}, seats...) {
		if at, ok := attendances[seat]; ok {
			p.seat, p.attendance = seat, &at
			break
		}
	}
	p.seated = signUps[p.seat].State == domain.SignUpConfirmed
	p.belongs = p.seated || isOf(members, holders, person)
	return p, nil
}

func (a *App) enter(ctx context.Context, q postgres.Querier, l domain.Listing, p place, reader crew, n NewAttendance) (domain.Attendance, error) {
	now := a.clock.Now()
	switch {
	case p.shift.Flexible():
		return a.record(ctx, q, l, p, reader, n)
	case n.VolunteerID == "" && !p.belongs:
		return domain.Attendance{}, domain.ErrNotSignedUp
	case n.VolunteerID == "":
		return p.shift.Declare(p.seat.VolunteerID, p.attendance, n.Period, n.Reason, now)
	case !p.belongs:
		return domain.Attendance{}, domain.ErrNotOfTeam
	}
	return p.shift.Enter(p.seat.VolunteerID, p.attendance, n.Period, reader.VolunteerID, n.Reason, now)
}

// keepEntered writes what was entered; somebody's own word is told to those who lead the team.
func (a *App) keepEntered(ctx context.Context, q postgres.Querier, l domain.Listing, reader crew, at domain.Attendance) error {
	if err := store.UpsertAttendances(ctx, q, []domain.Attendance{at}); err != nil {
		return err
	}
	events := []outbox.Event{attendanceChanged(at)}
	if at.State == domain.AttendanceDeclared {
		leaders, err := othersWhoLead(ctx, q, l.TeamID, reader.self)
		if err != nil {
			return err
		}
		events = append(events, news(tasksv1.NoticeHoursDeclared, l, a.clock.Now(), map[string]string{"person": at.VolunteerID}, leaders...)...)
	}
	return outbox.Append(ctx, q, a.clock.Now(), events...)
}
