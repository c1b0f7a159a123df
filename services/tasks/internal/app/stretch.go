package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// record writes down one time that somebody with a seat did what has no fixed
// hours: their own word, or a leader's for them. The person and the shift are
// held, so that two at the same moment cannot both find the time free.
func (a *App) record(ctx context.Context, q postgres.Querier, l domain.Listing, p place, reader crew, n NewAttendance) (domain.Attendance, error) {
	if !p.seated {
		return domain.Attendance{}, domain.ErrNotSignedUp
	}
	self, err := store.FindPerson(ctx, q, p.seat.VolunteerID)
	if err != nil {
		return domain.Attendance{}, err
	}
	done, err := store.ListDone(ctx, q, self, n.Period.From, n.Period.To)
	if err != nil {
		return domain.Attendance{}, err
	}
	before, err := store.CountStretches(ctx, q, p.seat)
	if err != nil {
		return domain.Attendance{}, err
	}
	setting, err := store.FindSetting(ctx, q, l.ProgrammeID, domain.DayOf(n.Period.From))
	if err != nil {
		return domain.Attendance{}, err
	}
	x := domain.Stretch{VolunteerID: p.seat.VolunteerID, By: reader.VolunteerID, Period: n.Period, Word: n.Reason, Number: before + 1}
	if n.VolunteerID == "" {
		x.By = p.seat.VolunteerID // under whichever record of theirs
	}
	return p.shift.Record(x, l.ProgrammeID, done, setting.DayCap, a.clock.Now())
}
