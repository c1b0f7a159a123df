package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// at returns an instant of November 2026 in Hebi.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, clock.City)
}

func TestWhenToSend(t *testing.T) {
	t.Parallel()
	never, none := time.Time{}, time.Time{}
	cancelled, granted := domain.NoticeTaskCancelled, domain.NoticeGrantGiven
	first := domain.FirstPreferences()
	for name, c := range map[string]struct {
		kind         domain.NoticeKind
		now, subject time.Time
		p            domain.NoticePreferences
		want         time.Time
	}{
		"by day at once":                                    {granted, at(24, 10, 0), none, first, at(24, 10, 0)},
		"what is not important, never":                      {domain.NoticeTaskPublished, at(24, 10, 0), none, first, never},
		"what is not wanted, never":                         {granted, at(24, 10, 0), none, domain.NoticePreferences{NoText: []domain.NoticeKind{granted}}, never},
		"the last minute before the night":                  {granted, at(24, 20, 59), none, first, at(24, 20, 59)},
		"the night begins at 21:00":                         {granted, at(24, 21, 0), none, first, at(25, 7, 0)},
		"just before midnight":                              {granted, at(24, 23, 59), none, first, at(25, 7, 0)},
		"at midnight it is the same night":                  {granted, at(25, 0, 0), none, first, at(25, 7, 0)},
		"the last minute of the night":                      {granted, at(25, 6, 59), none, first, at(25, 7, 0)},
		"the night ends at 07:00":                           {granted, at(25, 7, 0), none, first, at(25, 7, 0)},
		"the last night of a month":                         {granted, at(30, 22, 0), none, first, at(31, 7, 0)},
		"whoever wants it at night gets it":                 {granted, at(24, 22, 0), none, domain.NoticePreferences{}, at(24, 22, 0)},
		"a cancellation by day":                             {cancelled, at(24, 10, 0), at(25, 9, 0), first, at(24, 10, 0)},
		"in exactly 24 hours":                               {cancelled, at(24, 10, 0), at(25, 10, 0), first, at(24, 10, 0)},
		"later than in 24 hours the inbox is enough":        {cancelled, at(24, 10, 0), at(25, 10, 1), first, never},
		"what has begun needs no warning":                   {cancelled, at(24, 10, 0), at(24, 10, 0), first, never},
		"in the evening of tomorrow's early shift, at once": {cancelled, at(24, 23, 30), at(25, 6, 30), first, at(24, 23, 30)},
		"of one just before noon":                           {cancelled, at(24, 22, 0), at(25, 11, 59), first, at(24, 22, 0)},
		"of one at noon, in the morning":                    {cancelled, at(24, 22, 0), at(25, 12, 0), first, at(25, 7, 0)},
		"after midnight the noon is today's":                {cancelled, at(25, 2, 0), at(25, 9, 0), first, at(25, 2, 0)},
		"after midnight, of this evening's shift":           {cancelled, at(25, 2, 0), at(25, 19, 0), first, at(25, 7, 0)},
		"a shift before the night's end":                    {cancelled, at(25, 4, 0), at(25, 5, 30), first, at(25, 4, 0)},
		"a change is like a cancellation":                   {domain.NoticeTaskChanged, at(24, 22, 0), at(25, 9, 0), first, at(24, 22, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, zone := range []*time.Location{clock.City, time.UTC, time.FixedZone("", -7*3600)} { // whatever the server's
				got, ok := domain.WhenToSend(c.kind, c.now.In(zone), c.subject.In(zone), c.p)
				if ok != !c.want.IsZero() || !got.Equal(c.want) {
					t.Errorf("in %s: %v %v, want %v", zone, got.In(clock.City), ok, c.want)
				}
			}
		})
	}
}

func TestTextMessage(t *testing.T) {
	t.Parallel()
	cancelled := func(now, start time.Time) domain.Notice {
		return domain.NewNotice(domain.NoticeTaskCancelled, wang, "task", id.New(),
			domain.Words{"task": "护河", "task_id": li, "start": start.Format(time.RFC3339)}, now)
	}
	t.Run("it is tried after growing pauses, and given up when the task begins", func(t *testing.T) {
		t.Parallel()
		m, ok := domain.NewTextMessage(cancelled(at(24, 8, 0), at(24, 8, 10)), domain.FirstPreferences())
		if !ok {
			t.Fatal("not sent")
		}
		var tries []string
		for m.Try(m.DueAt, domain.FirstPreferences()) {
			tries = append(tries, m.DueAt.In(clock.City).Format("15:04"))
		}
		if diff := cmp.Diff([]string{"08:01", "08:03", "08:07", "08:15"}, tries); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("it is given up after six tries", func(t *testing.T) {
		t.Parallel()
		n := domain.NewNotice(domain.NoticeGrantGiven, wang, "grant", id.New(), domain.Words{"region": "浚县", "grant": "viewer"}, at(24, 8, 0))
		m, _ := domain.NewTextMessage(n, domain.FirstPreferences())
		tries := 0
		for m.Try(m.DueAt, domain.FirstPreferences()) {
			tries++
		}
		if tries != domain.MaxTextAttempts {
			t.Errorf("%d tries", tries)
		}
	})
	t.Run("a repeat does not come at night", func(t *testing.T) {
		t.Parallel()
		n := domain.NewNotice(domain.NoticeGrantGiven, wang, "grant", id.New(), domain.Words{"region": "浚县", "grant": "viewer"}, at(24, 20, 59))
		m, _ := domain.NewTextMessage(n, domain.FirstPreferences())
		if !m.Try(m.DueAt, domain.FirstPreferences()) || !m.DueAt.Equal(at(25, 7, 0)) {
			t.Errorf("due again at %s", m.DueAt.In(clock.City))
		}
	})
	t.Run("whoever has switched it off meanwhile does not get it", func(t *testing.T) {
		t.Parallel()
		m, _ := domain.NewTextMessage(cancelled(at(24, 8, 0), at(24, 18, 0)), domain.FirstPreferences())
		if m.Try(m.DueAt, domain.NoticePreferences{NoText: []domain.NoticeKind{domain.NoticeTaskCancelled}}) {
			t.Error("tried")
		}
	})
	t.Run("it says what and when, and nobody's name", func(t *testing.T) {
		t.Parallel()
		m, _ := domain.NewTextMessage(cancelled(at(24, 8, 0), at(24, 18, 0)), domain.FirstPreferences())
		text, values := m.Text(at(24, 8, 0))
		if want := "【淇河】11月24日 周二 18:00的“护河”取消了，不用再去。"; text != want {
			t.Errorf("got %q", text)
		}
		if diff := cmp.Diff(map[string]string{"start": "11月24日 周二 18:00", "task": "护河"}, values); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNoticePreferences(t *testing.T) {
	t.Parallel()
	t.Run("what decides about a person cannot be muted, nor a warning silenced", func(t *testing.T) {
		t.Parallel()
		if _, err := domain.NewNoticePreferences([]domain.NoticeKind{domain.NoticeMembershipRemoved}, nil, true); !errors.Is(err, domain.ErrMustTell) {
			t.Error(err)
		}
		if _, err := domain.NewNoticePreferences(nil, []domain.NoticeKind{domain.NoticeNewDevice}, true); !errors.Is(err, domain.ErrMustTell) {
			t.Error(err)
		}
	})
	t.Run("the order of a choice does not matter", func(t *testing.T) {
		t.Parallel()
		p, err := domain.NewNoticePreferences(nil, []domain.NoticeKind{domain.NoticeTaskChanged, domain.NoticeGrantGiven, domain.NoticeTaskChanged}, false)
		want := domain.NoticePreferences{NoText: []domain.NoticeKind{domain.NoticeGrantGiven, domain.NoticeTaskChanged}}
		if diff := cmp.Diff(want, p); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}
