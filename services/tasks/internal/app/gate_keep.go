package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/groupwrite"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// keep writes what the group changed, in one statement per table, tells it,
// and fills in how many are present.
func (g *gate) keep(ctx context.Context, q postgres.Querier, results []groupwrite.Result[ClaimResult]) error {
	if len(g.tried) > 0 {
		if err := store.UpsertTries(ctx, q, g.tried); err != nil {
			return err
		}
	}
	if len(g.accepted) > 0 {
		if err := store.InsertClaims(ctx, q, g.accepted); err != nil {
			return err
		}
	}
	if err := g.keepCounters(ctx, q); err != nil {
		return err
	}
	if len(g.changed) > 0 {
		if err := g.keepAttendances(ctx, q); err != nil {
			return err
		}
	}
	return countPresent(ctx, q, results)
}

// keepCounters writes how far the phones have counted whose claims were taken.
func (g *gate) keepCounters(ctx context.Context, q postgres.Querier) error {
	counted := map[string]int64{}
	for _, c := range g.accepted {
		if c.Signed != nil {
			counted[c.Signed.DeviceID] = max(counted[c.Signed.DeviceID], c.Signed.Counter)
		}
	}
	if len(counted) == 0 {
		return nil
	}
	return store.UpdateCounters(ctx, q, counted)
}

func (g *gate) keepAttendances(ctx context.Context, q postgres.Querier) error {
	var (
		attendances []domain.Attendance
		events      []outbox.Event
		written     = map[store.Seat]bool{}
	)
	for _, seat := range g.changed {
		if written[seat] { // in and out within one group: the last state is written once
			continue
		}
		written[seat] = true
		a := g.attendances[seat]
		attendances = append(attendances, a)
		events = append(events, attendanceChanged(a))
	}
	if err := store.UpsertAttendances(ctx, q, attendances); err != nil {
		return err
	}
	return outbox.Append(ctx, q, g.app.clock.Now(), events...)
}

func attendanceChanged(a domain.Attendance) tasksv1.AttendanceChanged {
	at := a.CheckedInAt
	if !a.CheckedOutAt.IsZero() {
		at = a.CheckedOutAt
	}
	return tasksv1.AttendanceChanged{
		AttendanceID: a.ID, ShiftID: a.ShiftID, VolunteerID: a.VolunteerID, State: string(a.State), At: at, Version: a.Version,
	}
}

func countPresent(ctx context.Context, q postgres.Querier, results []groupwrite.Result[ClaimResult]) error {
	seen := map[string]bool{}
	var ids []string
	for _, r := range results {
		if r.Err == nil && !seen[r.Value.Shift.ID] {
			seen[r.Value.Shift.ID] = true
			ids = append(ids, r.Value.Shift.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	present, err := store.CountPresent(ctx, q, ids)
	if err != nil {
		return err
	}
	for i := range results {
		results[i].Value.Present = present[results[i].Value.Shift.ID]
	}
	return nil
}
