package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// companionsAtOnce is how many due companions are looked at before asking again.
const companionsAtOnce = 50

// watchCompanions reminds, suspends and reinstates companion parents whom the clock, or
// an event, has made due: each in a transaction of its own.
func (a *App) watchCompanions(ctx context.Context) error {
	for {
		var due []store.DueCompanion
		if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
			due, err = store.ListDueCompanions(ctx, q, a.clock.Now(), companionsAtOnce)
			return err
		}); err != nil {
			return err
		}
		ids := make([]string, len(due))
		for i, d := range due {
			ids[i] = d.VolunteerID
		}
		persons := a.people.Find(ctx, ids)
		for _, d := range due {
			if err := a.watchCompanion(ctx, d.ID, persons[d.VolunteerID]); err != nil {
				return err
			}
		}
		if len(due) < companionsAtOnce {
			return nil
		}
	}
}

func (a *App) watchCompanion(ctx context.Context, companionID string, known people.Person) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, err := store.LockDueCompanion(ctx, q, companionID, a.clock.Now())
		if errors.Is(err, domain.ErrNoCompanion) {
			return nil
		}
		if err != nil {
			return err
		}
		before := c
		if err := a.noteIdentity(ctx, q, c, known); err != nil {
			return err
		}
		return a.judge(ctx, q, &c, before)
	})
}

// judge does what follows from what has been shown and from the clock: it writes the
// companion, and tells what is another than before.
func (a *App) judge(ctx context.Context, q postgres.Querier, c *domain.Companion, before domain.Companion) error {
	now := a.clock.Now()
	gates, err := store.ListGates(ctx, q, []string{c.ID}, now)
	if err != nil {
		return err
	}
	conflict, err := store.FindConflict(ctx, q, *c)
	if err != nil {
		return err
	}
	if conflict == domain.ConflictErased && c.Open() {
		if _, err := store.DestroyKey(ctx, q, c.ID, c.VolunteerID, "account erased", now); err != nil {
			return err
		}
		if *c, err = c.Leave("other", now); err != nil {
			return err
		}
	}
	*c = c.Judge(gates[c.ID], conflict, now)
	if err := store.UpdateCompanion(ctx, q, *c); err != nil {
		return err
	}
	if c.State != before.State {
		if err := a.followCompanion(ctx, q, *c); err != nil {
			return err
		}
	}
	if err := a.remind(ctx, q, *c, gates[c.ID], now); err != nil {
		return err
	}
	return a.tellCompanion(ctx, q, *c, before, now)
}

// noteIdentity notes that teams know the volunteer's identity paper, once a year.
func (a *App) noteIdentity(ctx context.Context, q postgres.Querier, c domain.Companion, known people.Person) error {
	now := a.clock.Now()
	if !known.Identified || !c.Open() {
		return nil
	}
	gates, err := store.ListGates(ctx, q, []string{c.ID}, now)
	if err != nil {
		return err
	}
	for _, g := range gates[c.ID] {
		if g.Name == domain.GateIdentity && g.Good(now.Add(domain.RenewBefore)) {
			return nil
		}
	}
	return store.InsertEvidence(ctx, q, c.Identified(now))
}

// remind tells an approved companion parent what will end, and the desk of what is the
// desk's to renew.
func (a *App) remind(ctx context.Context, q postgres.Querier, c domain.Companion, gates domain.Gates, now time.Time) error {
	if c.State != domain.CompanionApproved {
		return nil
	}
	told := map[string]domain.Reminder{}
	for _, r := range gates.Reminders(now) {
		isNew, err := store.InsertReminder(ctx, q, c.ID, r, now)
		if err != nil {
			return err
		}
		if isNew {
			told[r.Name] = r
		}
	}
	if len(told) == 0 {
		return nil
	}
	desk, err := a.deskOf(ctx, q, c)
	if err != nil {
		return err
	}
	var events []outbox.Event
	for _, g := range gates {
		r, ok := told[g.Name]
		if !ok {
			continue
		}
		words := map[string]string{"gate": g.Name, "day": r.GoodUntil.In(clock.City).Format(time.DateOnly), "person": c.VolunteerID}
		events = append(events, news(pairingsv1.NoticeCompanionEnding, subject{"companion", c.ID}, now, words, c.VolunteerID)...)
		if g.Name == domain.GateOffence || g.Name == domain.GateInterview {
			events = append(events, news(pairingsv1.NoticeCompanionEndingDesk, subject{"companion", c.ID}, now, words, desk...)...)
		}
	}
	return outbox.Append(ctx, q, now, events...)
}

// tellCompanion tells that a companion parent's state is another than before.
func (a *App) tellCompanion(ctx context.Context, q postgres.Querier, c, before domain.Companion, now time.Time) error {
	if c.State == before.State {
		return nil
	}
	events := []outbox.Event{changed(c)}
	about, words := subject{"companion", c.ID}, map[string]string{"gate": c.Reason, "person": c.VolunteerID}
	switch c.State {
	case domain.CompanionApproved:
		events = append(events, news(pairingsv1.NoticeCompanionApproved, about, now, words, c.VolunteerID)...)
	case domain.CompanionRefused:
		events = append(events, news(pairingsv1.NoticeCompanionRefused, about, now, words, c.VolunteerID)...)
	case domain.CompanionSuspended:
		desk, err := a.deskOf(ctx, q, c)
		if err != nil {
			return err
		}
		events = append(events, news(pairingsv1.NoticeCompanionSuspended, about, now, words, c.VolunteerID)...)
		events = append(events, news(pairingsv1.NoticeCompanionSuspendedDesk, about, now, words, desk...)...)
	}
	return outbox.Append(ctx, q, now, events...)
}
