package app

import (
	"context"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// starsAtOnce is how many changes are written in one transaction.
const starsAtOnce = 500

// LearnComplaints keeps about whom a complaint was upheld: they do not rise for a while.
func (a *App) LearnComplaints(ctx context.Context, q postgres.Querier, events []teamsv1.ComplaintUpheld) error {
	all := make([]store.UpheldComplaint, len(events))
	for i, e := range events {
		all[i] = store.UpheldComplaint{ComplaintID: e.ComplaintID, VolunteerID: e.VolunteerID, DecidedAt: e.DecidedAt}
	}
	return store.InsertComplaints(ctx, q, all)
}

// judgeStars judges everybody for every day that has come since the last time,
// each by what had settled on it, and tells who reached a star. The first time
// it judges today only.
func (a *App) judgeStars(ctx context.Context) error {
	today := domain.DayOf(a.clock.Now())
	var last domain.Day
	var judged bool
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		last, judged, err = store.LastStarDay(ctx, q)
		return err
	}); err != nil {
		return err
	}
	if !judged {
		last = today - 1
	}
	for day := last + 1; day <= today; day++ {
		if err := a.judgeStarsOn(ctx, day); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) judgeStarsOn(ctx context.Context, day domain.Day) error {
	changes, err := a.starChanges(ctx, day)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(changes, starsAtOnce) {
		if err := a.db.InTx(ctx, func(q postgres.Querier) error {
			if err := store.LockStars(ctx, q); err != nil {
				return err
			}
			fresh, err := store.InsertStarChanges(ctx, q, part)
			if err != nil {
				return err
			}
			return outbox.Append(ctx, q, a.clock.Now(), starNews(fresh)...)
		}); err != nil {
			return err
		}
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error { return store.InsertStarDay(ctx, q, day) })
}

// starChanges returns what changes on the day. It writes nothing: summing a
// large city takes a while, and an open write would keep others waiting.
func (a *App) starChanges(ctx context.Context, day domain.Day) (changes []domain.StarChange, err error) {
	now, survivors := a.clock.Now(), a.boards.Merged()
	person := func(record string) string {
		if survivor, ok := survivors[record]; ok {
			return survivor
		}
		return record
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		rules, err := store.ListStarRules(ctx, q)
		if err != nil {
			return err
		}
		rule := ruleOn(rules, day)
		minutes, stars, unclean := map[string]int{}, map[string]domain.Star{}, map[string]bool{}
		if err := store.EachSettled(ctx, q, day, func(record string, n int) { minutes[person(record)] += n }); err != nil {
			return err
		}
		if err := store.EachStar(ctx, q, func(s domain.Star) {
			if s.VolunteerID = person(s.VolunteerID); s.Level >= stars[s.VolunteerID].Level {
				stars[s.VolunteerID] = s
			}
		}); err != nil {
			return err
		}
		about, err := upheldAbout(ctx, q, rule, day)
		if err != nil {
			return err
		}
		for _, record := range about {
			unclean[person(record)] = true
		}
		for volunteerID := range stars {
			minutes[volunteerID] += 0 // also who has nothing left
		}
		for volunteerID, n := range minutes {
			star := stars[volunteerID]
			star.VolunteerID = volunteerID
			if change, ok := rule.Judge(star, n, !unclean[volunteerID], day, now); ok {
				changes = append(changes, change)
			}
		}
		return nil
	})
	return changes, err
}

// upheldAbout returns about whom something was upheld that keeps them from
// rising on the day.
func upheldAbout(ctx context.Context, q postgres.Querier, r domain.StarRule, day domain.Day, records ...string) ([]string, error) {
	if r.CleanMonths == 0 {
		return nil, nil
	}
	midnight := (day + 1).Start() // what came to be known later keeps nobody from what they reached before
	return store.ListUpheldAbout(ctx, q, r.CleanSince(day.Start()), midnight, records...)
}

// ruleOn returns the rule in force on a day; rules are the last day first.
func ruleOn(rules []domain.StarRule, day domain.Day) domain.StarRule {
	for _, r := range rules {
		if r.ValidFrom <= day {
			return r
		}
	}
	return domain.StarRule{}
}

func starNews(changes []domain.StarChange) (events []outbox.Event) {
	for _, c := range changes {
		if c.Level > c.Was {
			events = append(events, news(hoursv1.NoticeStarReached, subject{"volunteer", c.VolunteerID}, c.MadeAt,
				map[string]string{"level": strconv.Itoa(c.Level), "minutes": strconv.Itoa(c.Minutes)}, c.VolunteerID)...)
		}
	}
	return events
}

// MyStar is how the person who asks stands.
type MyStar struct {
	domain.Star
	Settled int  // minutes of service that count
	Next    int  // minutes that the next star needs; 0: there is none above
	Waits   bool // something upheld lies back: they do not rise for now
	Rule    domain.StarRule
}

// MyStar returns how the person who asks stands today.
func (a *App) MyStar(ctx context.Context) (m MyStar, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return m, err
	}
	today := domain.DayOf(a.clock.Now())
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		records, err := store.ListRecords(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if m.Star, err = store.FindStar(ctx, q, records); err != nil {
			return err
		}
		settled, err := store.SettledTotals(ctx, q, records, today)
		if err != nil {
			return err
		}
		rules, err := store.ListStarRules(ctx, q)
		if err != nil {
			return err
		}
		m.Rule, m.Settled = ruleOn(rules, today), settled[domain.ServiceAccount]
		m.Next = m.Rule.Needed(m.Level + 1)
		about, err := upheldAbout(ctx, q, m.Rule, today, records...)
		m.Waits = len(about) > 0
		return err
	})
	return m, err
}
