package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

var noon = time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City)

// gates are all good for a year but the identity, which is good for ever; changes say otherwise.
func gates(changes ...domain.Gate) domain.Gates {
	gs := domain.Gates{
		{Name: domain.GateIdentity, Shown: true}, {Name: domain.GateTraining, Shown: true, GoodUntil: noon.AddDate(1, 0, 0)},
		{Name: domain.GateConduct, Shown: true, GoodUntil: noon.AddDate(1, 0, 0)}, {Name: domain.GateOffence, Shown: true, GoodUntil: noon.AddDate(1, 0, 0)},
		{Name: domain.GateInterview, Shown: true, GoodUntil: noon.AddDate(1, 0, 0)},
	}
	for _, change := range changes {
		for i := range gs {
			if gs[i].Name == change.Name {
				gs[i] = change
			}
		}
	}
	return gs
}

func TestJudge(t *testing.T) {
	t.Parallel()
	ended := domain.Gate{Name: domain.GateOffence, Shown: true, GoodUntil: noon}
	missing := domain.Gate{Name: domain.GateConduct}
	for _, c := range []struct {
		name     string
		from     domain.CompanionState
		gates    domain.Gates
		conflict domain.Conflict
		to       domain.CompanionState
		reason   string
		due      time.Time
	}{
		{name: "an application stays one, whatever is there", from: domain.CompanionApplied, gates: gates(), to: domain.CompanionApplied},
		{name: "approved with all stays so, and is looked at a month before the first end", from: domain.CompanionApproved, gates: gates(), to: domain.CompanionApproved, due: noon.AddDate(1, 0, -30)},
		{name: "what ends at this instant suspends", from: domain.CompanionApproved, gates: gates(ended), to: domain.CompanionSuspended, reason: "offence"},
		{name: "what is missing suspends", from: domain.CompanionApproved, gates: gates(missing), to: domain.CompanionSuspended, reason: "conduct"},
		{name: "a conflict of persons suspends with everything there", from: domain.CompanionApproved, gates: gates(), conflict: "companions_persons_check", to: domain.CompanionSuspended, reason: "companions_persons_check"},
		{name: "suspended with something missing stays so, for what is missing now", from: domain.CompanionSuspended, gates: gates(missing), to: domain.CompanionSuspended, reason: "conduct"},
		{name: "suspended with all comes back", from: domain.CompanionSuspended, gates: gates(), to: domain.CompanionApproved, due: noon.AddDate(1, 0, -30)},
		{name: "suspended for an identity asks again", from: domain.CompanionSuspended, gates: gates(domain.Gate{Name: domain.GateIdentity}), to: domain.CompanionSuspended, reason: "identity", due: noon.Add(time.Hour)},
		{name: "who was refused stays so", from: domain.CompanionRefused, gates: gates(), to: domain.CompanionRefused},
		{name: "who has left stays so", from: domain.CompanionLeft, gates: gates(), to: domain.CompanionLeft},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := domain.Companion{State: c.from}.Judge(c.gates, c.conflict, noon)
			if got.State != c.to || got.Reason != c.reason || !got.DueAt.Equal(c.due) {
				t.Errorf("%s because of %q, due %s", got.State, got.Reason, got.DueAt)
			}
		})
	}
}

func TestEveryStep(t *testing.T) {
	t.Parallel()
	all := []domain.CompanionState{domain.CompanionApplied, domain.CompanionApproved, domain.CompanionSuspended, domain.CompanionRefused, domain.CompanionLeft}
	refusals := func(step func(domain.Companion) (domain.Companion, error)) (got []error) {
		for _, state := range all {
			_, err := step(domain.Companion{State: state})
			got = append(got, err)
		}
		return got
	}
	for name, c := range map[string]struct {
		step func(domain.Companion) (domain.Companion, error)
		want []error
	}{
		"approving with all": {
			func(c domain.Companion) (domain.Companion, error) { return c.Approve(gates(), "somebody", noon) },
			[]error{nil, domain.ErrCompanionApproved, nil, domain.ErrCompanionOver, domain.ErrCompanionOver},
		},
		"approving with one ended": {
			func(c domain.Companion) (domain.Companion, error) {
				return c.Approve(gates(domain.Gate{Name: domain.GateTraining, Shown: true, GoodUntil: noon}), "somebody", noon)
			},
			[]error{domain.ErrGatesOpen, domain.ErrCompanionApproved, domain.ErrGatesOpen, domain.ErrCompanionOver, domain.ErrCompanionOver},
		},
		"refusing": {
			func(c domain.Companion) (domain.Companion, error) { return c.Refuse("not_suitable", noon) },
			[]error{nil, nil, nil, domain.ErrCompanionOver, domain.ErrCompanionOver},
		},
		"leaving": {
			func(c domain.Companion) (domain.Companion, error) { return c.Leave("moved", noon) },
			[]error{nil, nil, nil, domain.ErrCompanionOver, domain.ErrCompanionOver},
		},
	} {
		t.Run(name+" from every state", func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, refusals(c.step), cmp.Comparer(errors.Is)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReminders(t *testing.T) {
	t.Parallel()
	for days, want := range map[int][]int{31: nil, 30: {30}, 8: {30}, 7: {30, 7}, 0: nil} {
		var got []int
		for _, r := range gates(domain.Gate{Name: domain.GateOffence, Shown: true, GoodUntil: noon.AddDate(0, 0, days)}).Reminders(noon) {
			got = append(got, r.Days)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d days before the end: %s", days, diff)
		}
	}
}
