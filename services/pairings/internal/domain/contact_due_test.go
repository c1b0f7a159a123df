package domain_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestDue(t *testing.T) {
	t.Parallel()
	on := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, clock.City)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	standard := domain.ContactPlans{{ValidFrom: "2026-01-01", MeetMonths: 1, CallWeeks: 1}}
	made := func(kind domain.ContactKind, at string) domain.Made { return domain.Made{Kind: kind, At: on(at)} }
	for name, c := range map[string]struct {
		duty   domain.Duty
		plans  domain.ContactPlans
		began  string
		made   []domain.Made
		pauses []domain.Pause
		now    string
		want   string // empty: nothing is asked for
	}{
		"a week from Monday":                              {"call", standard, "2026-11-24 12:00", nil, nil, "2026-11-25 08:00", "2026-11-30 00:00"},
		"what began on a Saturday owes nothing that week": {"call", standard, "2026-11-28 12:00", nil, nil, "2026-11-28 13:00", "2026-12-07 00:00"},
		"a month": {"meet", standard, "2026-11-10 12:00", nil, nil, "2026-11-25 08:00", "2026-12-01 00:00"},
		"what began late in a month owes the next":          {"meet", standard, "2026-11-24 12:00", nil, nil, "2026-11-25 08:00", "2027-01-01 00:00"},
		"a call settles its week":                           {"call", standard, "2026-11-24 12:00", []domain.Made{made("call", "2026-11-25 20:00")}, nil, "2026-11-26 08:00", "2026-12-07 00:00"},
		"a call on Sunday night is of that week":            {"call", standard, "2026-11-24 12:00", []domain.Made{made("call", "2026-11-29 23:59")}, nil, "2026-11-30 08:00", "2026-12-07 00:00"},
		"a call on Monday morning of the next":              {"call", standard, "2026-11-24 12:00", []domain.Made{made("call", "2026-11-30 00:00")}, nil, "2026-11-30 08:00", "2026-12-14 00:00"},
		"a visit is a call too":                             {"call", standard, "2026-11-24 12:00", []domain.Made{made("visit", "2026-11-25 20:00")}, nil, "2026-11-26 08:00", "2026-12-07 00:00"},
		"a call is no visit":                                {"meet", standard, "2026-11-02 12:00", []domain.Made{made("call", "2026-11-25 20:00")}, nil, "2026-11-26 08:00", "2026-12-01 00:00"},
		"a message is neither":                              {"call", standard, "2026-11-24 12:00", []domain.Made{made("message", "2026-11-25 20:00")}, nil, "2026-11-26 08:00", "2026-11-30 00:00"},
		"what was missed stays due":                         {"call", standard, "2026-11-24 12:00", nil, nil, "2027-02-01 08:00", "2026-11-30 00:00"},
		"and is settled by a later one":                     {"call", standard, "2026-11-24 12:00", []domain.Made{made("call", "2027-01-30 08:00")}, nil, "2027-02-01 08:00", "2027-02-08 00:00"},
		"the leap day":                                      {"meet", standard, "2028-02-01 12:00", nil, nil, "2028-02-28 08:00", "2028-03-01 00:00"},
		"across the year":                                   {"meet", standard, "2026-12-01 00:00", []domain.Made{made("visit", "2026-12-31 23:30")}, nil, "2027-01-01 08:00", "2027-02-01 00:00"},
		"every two months":                                  {"meet", domain.ContactPlans{{ValidFrom: "2026-01-01", MeetMonths: 2}}, "2026-11-02 12:00", nil, nil, "2026-11-25 08:00", "2027-01-01 00:00"},
		"nothing where the plan asks for nothing":           {"call", domain.ContactPlans{{ValidFrom: "2026-01-01", MeetMonths: 2}}, "2026-11-02 12:00", nil, nil, "2026-11-25 08:00", ""},
		"while it is paused nothing":                        {"call", standard, "2026-11-24 12:00", nil, []domain.Pause{{From: on("2026-11-25 08:00")}}, "2027-02-01 08:00", ""},
		"a week that was mostly paused owes nothing":        {"call", standard, "2026-11-23 00:00", nil, []domain.Pause{{From: on("2026-11-24 08:00"), To: on("2026-11-28 12:00")}}, "2026-11-29 08:00", "2026-12-07 00:00"},
		"a week that was paused for a day does":             {"call", standard, "2026-11-23 00:00", nil, []domain.Pause{{From: on("2026-11-24 08:00"), To: on("2026-11-25 08:00")}}, "2026-11-29 08:00", "2026-11-30 00:00"},
		"a newer plan holds from its day, the older before": {"call", domain.ContactPlans{{ValidFrom: "2026-12-07", CallWeeks: 2}, {ValidFrom: "2026-01-01", CallWeeks: 1}}, "2026-11-24 12:00", []domain.Made{made("call", "2026-12-01 20:00")}, nil, "2026-12-02 08:00", "2026-12-21 00:00"},
		"a plan that begins to ask later asks from then on": {"call", domain.ContactPlans{{ValidFrom: "2026-12-07", CallWeeks: 1}, {ValidFrom: "2026-01-01"}}, "2026-11-24 12:00", nil, nil, "2026-12-08 08:00", "2026-12-14 00:00"},
		"what was before it began does not count":           {"call", standard, "2026-11-24 12:00", []domain.Made{made("call", "2026-11-23 20:00")}, nil, "2026-11-26 08:00", "2026-11-30 00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := domain.Due(c.duty, c.plans, on(c.began), c.made, c.pauses, on(c.now))
			text := ""
			if !got.IsZero() {
				text = got.In(clock.City).Format("2006-01-02 15:04")
			}
			if text != c.want {
				t.Errorf("due %q, want %q", text, c.want)
			}
		})
	}
}

func TestClimbed(t *testing.T) {
	t.Parallel()
	plan := domain.ContactPlan{Silence: [domain.Rungs]int{1, 3, 7, 14, 30}}
	due := time.Date(2026, 11, 30, 0, 0, 0, 0, clock.City)
	pauses := []domain.Pause{
		{From: due.AddDate(0, 0, -9), To: due.AddDate(0, 0, -8)}, {From: due.AddDate(0, 0, 2), To: due.AddDate(0, 0, 12)}, {From: due.AddDate(0, 0, 20), To: due.AddDate(0, 0, 21)},
	}
	for _, c := range []struct {
		days, hours int
		pauses      []domain.Pause
		want        domain.Rung
	}{
		{0, 23, nil, domain.NoRung}, {1, 8, nil, domain.NoRung}, {1, 9, nil, domain.RungVolunteer}, {7, 9, nil, domain.RungTownship}, {400, 0, nil, domain.RungCity},
		{12, 0, pauses, domain.RungVolunteer}, {13, 8, pauses, domain.RungVolunteer}, {13, 9, pauses, domain.RungLeader}, {24, 9, pauses, domain.RungTownship}, {25, 9, pauses, domain.RungCounty},
	} {
		got, next := domain.Climbed(plan, due, c.pauses, due.AddDate(0, 0, c.days).Add(time.Duration(c.hours)*time.Hour))
		if got != c.want || (got == domain.RungCity) != next.IsZero() {
			t.Errorf("after %d days %d hours: rung %d, next %v", c.days, c.hours, got, next)
		}
	}
}
