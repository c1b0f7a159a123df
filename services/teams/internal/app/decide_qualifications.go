package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListWaitingQualifications returns a page of the papers that wait in a region
// and below it, and where the next page starts. It returns domain.ErrNoRegion
// to whoever does not answer for it.
func (a *App) ListWaitingQualifications(ctx context.Context, region string, limit int, after string) (queue []store.QueuedQualification, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		r, err := a.regionFor(ctx, q, decideCredentials, region)
		if err != nil {
			return err
		}
		queue, err = store.ListWaitingQualifications(ctx, q, a.vault, r, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(queue) <= limit {
		return queue, "", err
	}
	queue = queue[:limit]
	return queue, queue[limit-1].Qualification.ID, nil
}

// Verdict is one decision about papers that wait.
type Verdict struct {
	QualificationIDs []string // one or many
	State            domain.QualificationState
	Reason           string // read by the person; needed to refuse
}

// Verdicts is what became of them. It holds ids only.
type Verdicts struct {
	Decided int
	Refused []RefusedVerdict // what could not be decided
}

// RefusedVerdict is a paper that could not be decided, and the reason's code.
type RefusedVerdict struct{ QualificationID, Code string }

// DecideQualifications confirms or refuses papers that wait. One that cannot
// be decided does not hold up the others and is listed with its reason; when
// none can, the first reason is the error: domain.ErrNoQualification for what
// is not the asker's to decide, domain.ErrOwnQualification,
// domain.ErrQualificationDecided, domain.ErrQualificationOver.
func (a *App) DecideQualifications(ctx context.Context, v Verdict) (Verdicts, error) {
	v.QualificationIDs = slices.Compact(slices.Sorted(slices.Values(v.QualificationIDs)))
	return idempotency.Do(ctx, a.db, a.clock.Now(), "decideQualifications", v, func(q postgres.Querier) (Verdicts, error) {
		done := Verdicts{Refused: []RefusedVerdict{}}
		var first error
		for _, qualificationID := range v.QualificationIDs { // in the order of their ids, as everybody locks them
			f, changed, err := a.judgeQualification(ctx, q, qualificationID, v)
			if reason := (*apperr.Error)(nil); errors.As(err, &reason) {
				done.Refused = append(done.Refused, RefusedVerdict{qualificationID, reason.Code})
				first = cmp.Or(first, err)
				continue
			}
			if err == nil && changed {
				err = a.keepQualification(ctx, q, f)
			}
			if err != nil {
				return done, err
			}
			done.Decided++
		}
		if done.Decided == 0 {
			return done, first
		}
		return done, nil
	})
}

// judgeQualification decides one paper and writes nothing.
func (a *App) judgeQualification(ctx context.Context, q postgres.Querier, qualificationID string, v Verdict) (domain.Qualification, bool, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Qualification{}, false, err
	}
	f, err := a.lockQualificationFor(ctx, q, qualificationID)
	if err != nil {
		return f, false, err
	}
	changed, err := f.Decide(v.State, p.VolunteerID, v.Reason, a.clock.Now())
	return f, changed, err
}

// lockQualificationFor returns a paper, held, to an officer who answers for its
// person, and domain.ErrNoQualification to everybody else.
func (a *App) lockQualificationFor(ctx context.Context, q postgres.Querier, qualificationID string) (domain.Qualification, error) {
	if _, err := auth.From(ctx); err != nil {
		return domain.Qualification{}, err
	}
	f, err := store.LockQualification(ctx, q, a.vault, qualificationID)
	if err != nil {
		return f, err
	}
	_, err = a.volunteerFor(ctx, q, decideCredentials, f.VolunteerID)
	if errors.Is(err, domain.ErrNoVolunteer) {
		err = domain.ErrNoQualification
	}
	return f, err
}

// keepQualification writes back a decision, records it, and tells the services
// and the person.
func (a *App) keepQualification(ctx context.Context, q postgres.Querier, f domain.Qualification) error {
	if err := store.UpdateQualification(ctx, q, f); err != nil {
		return err
	}
	if err := a.tellQualification(ctx, q, f, f.DecidedBy, "qualification."+string(f.State)); err != nil || f.DecidedBy == f.VolunteerID {
		return err
	}
	return a.noticeQualification(ctx, q, f)
}

// WithdrawQualification takes back a paper of whoever asks, or revokes
// somebody's, with a reason, by an officer who answers for the person. It
// returns the person's papers.
func (a *App) WithdrawQualification(ctx context.Context, qualificationID, reason string) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	owner, err := idempotency.Do(ctx, a.db, a.clock.Now(), "withdrawQualification", []string{qualificationID, reason}, func(q postgres.Querier) (string, error) {
		f, err := store.LockQualification(ctx, q, a.vault, qualificationID)
		if err == nil && f.VolunteerID != p.VolunteerID {
			f, err = a.lockQualificationFor(ctx, q, qualificationID)
		}
		if err != nil {
			return "", err
		}
		changed, err := f.Withdraw(p.VolunteerID, reason, a.clock.Now())
		if err != nil || !changed {
			return f.VolunteerID, err
		}
		return f.VolunteerID, a.keepQualification(ctx, q, f)
	})
	if err != nil {
		return Credentials{}, err
	}
	if owner == p.VolunteerID {
		return a.MyCredentials(ctx)
	}
	return a.FindCredentials(ctx, owner)
}

// ReadQualification returns the number of a paper that waits or counts, in
// full, to an officer who answers for its person: to compare it with the
// register it is from. That it was read stands in the audit.
func (a *App) ReadQualification(ctx context.Context, qualificationID string) (string, error) {
	var number string
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		f, err := a.lockQualificationFor(ctx, q, qualificationID)
		if err != nil {
			return err
		}
		number = f.Number
		p, err := auth.From(ctx)
		if err != nil {
			return err
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "qualification.read", "qualification", f.ID, a.clock.Now()).About(f.VolunteerID).Because("verify"))
	})
	if err != nil {
		return "", err // nothing is shown that was not recorded
	}
	return number, nil
}
