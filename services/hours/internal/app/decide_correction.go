package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CorrectionDecision is what is decided about a question.
type CorrectionDecision struct {
	Accept bool
	To     *domain.Served // nil: as it was asked for
	Reason string
}

// DecideCorrection decides a question about a line. It belongs to those with
// whom it lies now, but for who asked, whom it is about, and, of those who lead,
// who confirmed the line; others who know of it are told so, the rest get
// NotFound. Two who decide at once: the second gets ErrCorrectionOver.
func (a *App) DecideCorrection(ctx context.Context, correctionID string, d CorrectionDecision) error {
	type request struct {
		CorrectionID string
		CorrectionDecision
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "decide_correction", request{correctionID, d}, func(q postgres.Querier) (struct{}, error) {
		people, err := lockWhose(ctx, q, correctionID)
		if err != nil {
			return struct{}{}, err
		}
		reader, c, e, err := a.lockCorrection(ctx, q, correctionID)
		if err != nil {
			return struct{}{}, err
		}
		if err := reader.decider(c.TeamID).May(c, e.ConfirmedBy); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.decide(ctx, q, people, reader.VolunteerID, c, e, d)
	})
	return err
}

func (a *App) decide(ctx context.Context, q postgres.Querier, people map[string]domain.Person, by string, c domain.Correction, e domain.Entry, d CorrectionDecision) error {
	now := a.clock.Now()
	if !d.Accept {
		if err := c.Refuse(by, d.Reason, now); err != nil {
			return err
		}
		if err := a.letGo(ctx, q, c, e); err != nil {
			return err
		}
		return a.tellDecided(ctx, q, hoursv1.NoticeCorrectionRefused, c, e)
	}
	if err := c.Accept(by, d.Reason, now); err != nil {
		return err
	}
	to := c.Wanted
	if d.To != nil {
		to = *d.To
	}
	if err := store.UpdateCorrection(ctx, q, c); err != nil {
		return err
	}
	if err := a.correctHours(ctx, q, people, c, e, to); err != nil {
		return err
	}
	return a.tellDecided(ctx, q, hoursv1.NoticeCorrectionAccepted, c, e)
}

// WithdrawCorrection takes a question back; it belongs to who asked.
func (a *App) WithdrawCorrection(ctx context.Context, correctionID string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "withdraw_correction", correctionID, func(q postgres.Querier) (struct{}, error) {
		reader, c, e, err := a.lockCorrection(ctx, q, correctionID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.self.Is(c.AskedBy) {
			return struct{}{}, domain.ErrNoSuchCorrection
		}
		if err := c.Withdraw(a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		if err := a.letGo(ctx, q, c, e); err != nil || c.AskedAs == domain.AsVolunteer {
			return struct{}{}, err
		}
		return struct{}{}, outbox.Append(ctx, q, c.DecidedAt, tellCorrection(hoursv1.NoticeCorrectionTaken, c, e, c.DecidedAt, e.VolunteerID)...)
	})
	return err
}

// lockWhose holds whom a question is about, before all else: what counts of
// their time is decided one after the other.
func lockWhose(ctx context.Context, q postgres.Querier, correctionID string) (map[string]domain.Person, error) {
	c, err := store.FindCorrection(ctx, q, correctionID)
	if err != nil {
		return nil, err
	}
	return lockPeople(ctx, q, []domain.Entry{{VolunteerID: c.VolunteerID}})
}

// lockCorrection returns a question of which the reader knows, with its line,
// and holds both; NotFound to others.
func (a *App) lockCorrection(ctx context.Context, q postgres.Querier, correctionID string) (reader crew, c domain.Correction, e domain.Entry, err error) {
	if reader, err = a.crewOf(ctx, q); err != nil {
		return reader, c, e, err
	}
	if c, err = store.FindCorrection(ctx, q, correctionID); err != nil {
		return reader, c, e, err
	}
	if e, err = store.LockEntry(ctx, q, c.EntryID); err != nil {
		return reader, c, e, err
	}
	if !reader.follows(c, e) {
		return reader, c, e, domain.ErrNoSuchCorrection
	}
	c, err = store.LockCorrection(ctx, q, correctionID)
	return reader, c, e, err
}

// follows reports whether the reader knows of a question: who asked, and
// everybody who may know whose the line is.
func (c crew) follows(question domain.Correction, e domain.Entry) bool {
	return c.self.Is(question.AskedBy) || c.knows(e)
}

// letGo keeps a question that changed nothing; the line settles on its day after all.
func (a *App) letGo(ctx context.Context, q postgres.Querier, c domain.Correction, e domain.Entry) error {
	if err := store.UpdateCorrection(ctx, q, c); err != nil || !c.Held {
		return err
	}
	return store.InsertSettlingChanges(ctx, q, e.LetGo(c.ID, c.DecidedAt))
}

// tellDecided tells who asked, whom the line is about, and those who lead the
// brigade, but for who decided.
func (a *App) tellDecided(ctx context.Context, q postgres.Querier, kind hoursv1.NoticeKind, c domain.Correction, e domain.Entry) error {
	leaders, err := store.ListLeaders(ctx, q, e.TeamID)
	if err != nil {
		return err
	}
	concerned := []string{c.AskedBy, c.VolunteerID}
	for _, l := range leaders {
		if l.VolunteerID != c.DecidedBy {
			concerned = append(concerned, l.VolunteerID)
		}
	}
	return outbox.Append(ctx, q, c.DecidedAt, tellCorrection(kind, c, e, c.DecidedAt, concerned...)...)
}
