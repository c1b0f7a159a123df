package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func TestNewGrant(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		officer     domain.Volunteer
		from, until time.Time
		want        error
	}{
		"from now on":                    {domain.Volunteer{ID: "v", State: domain.VolunteerActive}, time.Time{}, time.Time{}, nil},
		"for a period to come":           {domain.Volunteer{ID: "v", State: domain.VolunteerActive}, now.Add(time.Hour), now.Add(2 * time.Hour), nil},
		"to oneself":                     {domain.Volunteer{ID: "by", State: domain.VolunteerActive}, time.Time{}, time.Time{}, domain.ErrOwnGrant},
		"to somebody without account":    {domain.Volunteer{ID: "v", State: domain.VolunteerUnclaimed}, time.Time{}, time.Time{}, domain.ErrNotAnOfficer},
		"to a minor":                     {domain.Volunteer{ID: "v", State: domain.VolunteerActive, Minor: true}, time.Time{}, time.Time{}, domain.ErrNotAnOfficer},
		"from yesterday on":              {domain.Volunteer{ID: "v", State: domain.VolunteerActive}, now.AddDate(0, 0, -1), time.Time{}, domain.ErrGrantPeriod},
		"until yesterday":                {domain.Volunteer{ID: "v", State: domain.VolunteerActive}, time.Time{}, now.AddDate(0, 0, -1), domain.ErrGrantPeriod},
		"ending the moment it begins":    {domain.Volunteer{ID: "v", State: domain.VolunteerActive}, now.Add(time.Hour), now.Add(time.Hour), domain.ErrGrantPeriod},
		"to one whose record was erased": {domain.Volunteer{ID: "v", State: domain.VolunteerErased}, time.Time{}, time.Time{}, domain.ErrNotAnOfficer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := domain.NewGrant("g", c.officer, domain.RoleViewer, domain.Region{Code: "4106"}, c.from, c.until, "by", "任命", now)
			if !errors.Is(err, c.want) || err == nil && g.From.Before(now) {
				t.Errorf("%+v, %v", g, err)
			}
		})
	}
}

func TestNextChange(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)
	at := func(hours int) time.Time { return now.Add(time.Duration(hours) * time.Hour) }
	for name, c := range map[string]struct {
		grants []domain.Grant
		want   time.Time
	}{
		"nobody's":                           {nil, time.Time{}},
		"one without an end":                 {[]domain.Grant{{From: at(-1)}}, time.Time{}},
		"the first to end":                   {[]domain.Grant{{From: at(-1), Until: at(3)}, {From: at(-1), Until: at(2)}}, at(2)},
		"one that begins before":             {[]domain.Grant{{From: at(-1), Until: at(3)}, {From: at(1)}}, at(1)},
		"what is over changes nothing":       {[]domain.Grant{{From: at(-3), Until: at(-1)}, {From: at(-3), Until: now}}, time.Time{}},
		"what was withdrawn before its end":  {[]domain.Grant{{From: at(-3), Until: at(5), EndedAt: at(-1)}}, time.Time{}},
		"what was withdrawn before it began": {[]domain.Grant{{From: at(3), EndedAt: at(-1)}}, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := domain.NextChange(c.grants, now); !got.Equal(c.want) {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)
	g := domain.Grant{From: now.Add(-time.Hour), Version: 1}
	if err := g.Withdraw("by", "调动", now); err != nil || g.ActiveAt(now) || !g.ActiveAt(now.Add(-time.Second)) || g.Version != 2 {
		t.Errorf("%+v, %v", g, err)
	}
	if err := g.Withdraw("by", "又一次", now.Add(time.Hour)); !errors.Is(err, domain.ErrGrantOver) {
		t.Error(err)
	}
}
