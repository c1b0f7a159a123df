package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestSupervising(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 0, 0, 0, 0, clock.City) }
	p := domain.Pairing{SupervisorID: "she", DeputyID: "deputy", AwayFrom: day(10), AwayUntil: day(20)}
	for name, c := range map[string]struct {
		now     time.Time
		granted []string
		want    string
	}{
		"before":                            {day(9), []string{"she", "deputy"}, "she"},
		"from the first day":                {day(10), []string{"she", "deputy"}, "deputy"},
		"through the last":                  {day(20).Add(-time.Second), []string{"she", "deputy"}, "deputy"},
		"and back":                          {day(20), []string{"she", "deputy"}, "she"},
		"away, and the deputy is gone":      {day(12), []string{"she"}, "she"},
		"her authority ended":               {day(21), []string{"deputy"}, "deputy"},
		"both":                              {day(21), nil, ""},
		"away, without authority, with her": {day(12), []string{"deputy"}, "deputy"},
	} {
		if got := p.Supervising(func(id string) bool { return slices.Contains(c.granted, id) }, c.now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestGivenName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"王小明": "小明", "王明": "明", "欧阳小红": "小红", "欧阳": "阳", "Anna Smith": "Anna", "阿依古丽·买买提": "阿依古丽", "明": "明", "": ""} {
		if got := domain.GivenName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestAgeOn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.February, 28, 23, 30, 0, 0, clock.City)
	for born, want := range map[string]int{"2016-03-01": 9, "2016-02-28": 10, "2016-02-29": 9, "": 0, "2027-01-01": 0} {
		if got := domain.AgeOn(born, now); got != want {
			t.Errorf("%s: %d, want %d", born, got, want)
		}
	}
}

// A trial that stood still is as long as it was.
func TestTrialThatPaused(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City)
	p := domain.Pairing{State: domain.PairingTrial, StateAt: now, TrialEndsAt: now.AddDate(0, 0, 90)}
	p, err := p.Pause("child_away", "officer", now.AddDate(0, 0, 10))
	if err != nil {
		t.Fatal(err)
	}
	if p, err = p.Resume(now.AddDate(0, 0, 40)); err != nil || !p.TrialEndsAt.Equal(now.AddDate(0, 0, 120)) || p.State != domain.PairingTrial {
		t.Errorf("%+v, %v", p, err)
	}
	if days, due := p.TrialReminder(now.AddDate(0, 0, 106)); !due || days != 14 {
		t.Errorf("%d, %v", days, due)
	}
}
