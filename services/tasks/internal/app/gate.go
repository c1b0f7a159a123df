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

// apply lets the domain check somebody in or out and remembers what changed.
// A claim that a phone kept is not refused for what the person cannot mend any
// more: it waits for the leader's look.
func (g *gate) apply(c domain.Claim, s domain.Shift, p domain.Proved) (domain.Doubt, error) {
	seat := seatOf(c)
	var signUp *domain.SignUp
	if u, ok := g.signUps[seat]; ok {
		signUp = &u
	}
	var had *domain.Attendance
	if a, ok := g.attendances[seat]; ok {
		had = &a
	}
	if c.Signed != nil {
		if doubt := p.Contradicts(c.Kind, had); doubt != domain.DoubtNone {
			return doubt, nil
		}
	}
	var (
		now     domain.Attendance
		changed bool
		err     error
	)
	switch {
	case c.Kind == domain.ClaimOut:
		if changed, err = s.CheckOut(had, p.Method, p.At); err == nil {
			now = *had
		}
	case c.WalkIn && (signUp == nil || signUp.State != domain.SignUpConfirmed):
		if !isMember(g.members, g.shifts[c.ShiftID].TeamID, g.persons[c.VolunteerID]) {
			return domain.DoubtNone, domain.ErrNotOfTeam
		}
		now, changed, err = s.WalkIn(c.VolunteerID, had, p.Method, p.At)
	default:
		now, changed, err = s.CheckIn(signUp, had, p.Method, p.At)
	}
	if doubt := domain.DoubtOf(err); doubt != domain.DoubtNone && c.Signed != nil {
		return doubt, nil
	}
	if err != nil {
		return domain.DoubtNone, err
	}
	if changed {
		g.attendances[seat] = now
		g.changed = append(g.changed, seat)
	}
	return domain.DoubtNone, nil
}

func isMember(members map[store.Member]bool, teamID string, p domain.Person) bool {
	for _, id := range p.IDs() {
		if members[store.Member{TeamID: teamID, VolunteerID: id}] {
			return true
		}
	}
	return false
}

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
