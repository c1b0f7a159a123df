package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/concernpaper"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// TakeConcern makes the caller, a child-care officer of the region with a second factor,
// the one who has a concern: when nobody has it, or when it is overdue. Twice changes
// nothing.
func (a *App) TakeConcern(ctx context.Context, concernID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.concernFor(ctx, q, concernID, store.LockConcern)
		if err != nil {
			return err
		}
		if c.HandlerID == who.VolunteerID && c.State != domain.ConcernClosed {
			return nil
		}
		now := a.clock.Now()
		if c, err = c.Take(who.VolunteerID, now); err != nil {
			return err
		}
		if err := store.UpdateConcern(ctx, q, c); err != nil {
			return err
		}
		return store.InsertStep(ctx, q, domain.Step{ID: id.New(), ConcernID: c.ID, Kind: domain.StepTaken, ByID: who.VolunteerID, At: now})
	})
}

// ActOnConcern writes what was done: to which authority it was reported, which ends the
// timer, or a note. It is for who has the concern, and returns the line's id.
func (a *App) ActOnConcern(ctx context.Context, concernID string, n domain.NewStep) (stepID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "actOnConcern", []any{concernID, n}, func(q postgres.Querier) (string, error) {
		c, who, err := a.concernFor(ctx, q, concernID, store.LockConcern)
		if err != nil {
			return "", err
		}
		c, step, note, err := c.Act(n, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		return step.ID, a.addStep(ctx, q, c, step, note)
	})
}

// addStep seals and keeps a line, and then the concern, for the database asks for the
// line first.
func (a *App) addStep(ctx context.Context, q postgres.Querier, c domain.Concern, step domain.Step, note domain.StepNote) error {
	key, err := a.openOne(ctx, q, domain.Write, ofConcern(c), whatConcernStep, c.ID)
	if err != nil {
		return err
	}
	if step.Sealed, err = sealJSON(key, stepPlace(step.ID), note); err != nil {
		return err
	}
	if err := store.InsertStep(ctx, q, step); err != nil {
		return err
	}
	return store.UpdateConcern(ctx, q, c)
}

// SetConcernChild says which record a concern is about, by the record's number, for who
// has the concern and looks after the child's region too. It is a line of what was done;
// and because she who has the concern reads that record from now on without anybody's yes,
// two others who look after the child's region are told in the same moment.
func (a *App) SetConcernChild(ctx context.Context, concernID string, number int) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.concernFor(ctx, q, concernID, store.LockConcern)
		if err != nil {
			return err
		}
		now := a.clock.Now()
		c, step, note, err := c.Act(domain.NewStep{Kind: domain.StepNoted, StepNote: domain.StepNote{Note: strconv.Itoa(number)}}, who.VolunteerID, now)
		if err != nil {
			return err
		}
		child, err := store.FindChildByNumber(ctx, q, number)
		if errors.Is(err, domain.ErrNoChild) || err == nil && !looksAfter(who, child.RegionPath) {
			return apperr.For("number", domain.ErrNoChildByNumber)
		}
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofConcern(c), whatConcernStep, c.ID)
		if err != nil {
			return err
		}
		if c.Sealed, err = a.sealWithChild(key, c, child.ID); err != nil {
			return err
		}
		step.Kind = domain.StepChild
		if step.Sealed, err = sealJSON(key, stepPlace(step.ID), note); err != nil {
			return err
		}
		if err := store.InsertStep(ctx, q, step); err != nil {
			return err
		}
		if err := store.UpdateConcern(ctx, q, c); err != nil {
			return err
		}
		return a.tellOthers(ctx, q, pairingsv1.NoticeConcernChild, c, child.RegionPath, who.VolunteerID, now)
	})
}

// tellOthers tells two other child-care officers of a region what somebody did about a
// concern; when there are not so many, all there are.
func (a *App) tellOthers(ctx context.Context, q postgres.Querier, kind pairingsv1.NoticeKind, c domain.Concern, regionPath, by string, now time.Time) error {
	officers, err := store.ListOfficers(ctx, q, regionPath, []string{childCare}, now)
	if err != nil {
		return err
	}
	if officers, err = store.OtherPersons(ctx, q, officers, by); err != nil { // her other record is no other
		return err
	}
	words := map[string]string{"by": by, "number": strconv.Itoa(c.Number)}
	return outbox.Append(ctx, q, now, news(kind, subject{"concern", c.ID}, now, words, firstWithout(officers, toldOfEmergencies)...)...)
}

// sealWithChild returns what was told, with the child it is about.
func (a *App) sealWithChild(key *vault.DataKey, c domain.Concern, childID string) ([]byte, error) {
	var told domain.ConcernTold
	if err := openJSON(key, concernPlace(c.ID), c.Sealed, &told); err != nil {
		return nil, err
	}
	told.ChildID = childID
	return sealJSON(key, concernPlace(c.ID), told)
}

// CloseConcern ends a concern with an outcome. It is for another child-care officer of
// the region than who has it, with a second factor; the database compares the persons.
func (a *App) CloseConcern(ctx context.Context, concernID, outcome, note string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.concernFor(ctx, q, concernID, store.LockConcern)
		if err != nil {
			return err
		}
		c, step, words, err := c.Close(outcome, note, who.VolunteerID, a.clock.Now())
		if err != nil {
			return err
		}
		return a.addStep(ctx, q, c, step, words)
	})
}

// ShownReporter is who raised a concern.
type ShownReporter struct{ Name, Phone string }

// ShowReporter tells who has a concern who raised it, with a reason. It is a line of what
// was done and one in the record of openings, and two others in charge are told.
func (a *App) ShowReporter(ctx context.Context, concernID, reason string) (ShownReporter, error) {
	var reporter domain.Reporter
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.concernFor(ctx, q, concernID, store.LockConcern)
		if err != nil {
			return err
		}
		now := a.clock.Now()
		step, note, err := c.AskReporter(reason, who.VolunteerID, now)
		if err != nil {
			return err
		}
		apart, err := a.openOne(ctx, q, domain.Read, ofConcern(c), whatReporter, c.ReporterKey)
		if err != nil {
			return err
		}
		if err := openJSON(apart, reporterPlace(c.ReporterKey), c.ReporterSealed, &reporter); err != nil {
			return err
		}
		if err := a.addStep(ctx, q, c, step, note); err != nil {
			return err
		}
		return a.tellOthers(ctx, q, pairingsv1.NoticeConcernReporter, c, c.RegionPath, who.VolunteerID, now)
	})
	if err != nil {
		return ShownReporter{}, err
	}
	person := a.people.Find(ctx, []string{reporter.VolunteerID})[reporter.VolunteerID]
	return ShownReporter{Name: person.FullName(), Phone: reporter.Phone}, nil
}

// PrintConcern returns the paper that goes to the authority as PDF, for who may read the
// concern. Who raised it is not on it. That it was printed is a line of its own.
func (a *App) PrintConcern(ctx context.Context, concernID string) ([]byte, error) {
	o, err := a.readConcern(ctx, concernID, whatConcernPaper)
	if err != nil {
		return nil, err
	}
	p := concernpaper.Paper{Concern: o.Concern, Told: o.Told, Region: o.RegionName, Handler: o.HandlerName, Printed: a.clock.Now()}
	if o.Child != nil {
		p.Child, p.Circle, p.ChildRegion, p.ChildSex = o.Child.Person, o.Child.Circle, o.Child.RegionName, o.Child.Sex
	}
	for _, s := range o.Steps {
		if s.Kind == domain.StepReported {
			p.Reports = append(p.Reports, concernpaper.Report{Authority: s.Authority, ToldAt: s.ToldAt, Contact: s.Contact, Receipt: s.Receipt, By: s.ByName})
		}
	}
	return p.PDF()
}

// watchConcerns tells the next officers of concerns that no authority knows of yet, each
// rung once: how far it has climbed is in the row.
func (a *App) watchConcerns(ctx context.Context) error {
	for more := true; more; {
		if err := a.db.InTx(ctx, func(q postgres.Querier) error {
			now := a.clock.Now()
			due, err := store.TakeDueConcerns(ctx, q, now, dutiesAtOnce)
			if err != nil {
				return err
			}
			more = len(due) == dutiesAtOnce
			for _, c := range due {
				c = c.Climb(now)
				if err := store.UpdateConcern(ctx, q, c); err != nil {
					return err
				}
				if err := a.tellOfConcern(ctx, q, pairingsv1.NoticeConcernOverdue, c); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// eraseConcerns destroys the keys of concerns, and of who raised them, whose time is
// over. What stands in the open stays: the township, how it went, and when.
func (a *App) eraseConcerns(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Concern, error) {
		return store.TakeConcernsToErase(ctx, q, now.AddDate(-domain.ConcernKept, 0, 0), dutiesAtOnce)
	}, func(q postgres.Querier, c domain.Concern) error {
		for _, key := range []string{c.ID, c.ReporterKey} {
			if _, err := store.DestroyKey(ctx, q, key, domain.TheClock, "保存期满", now); err != nil {
				return err
			}
		}
		return nil
	})
}
