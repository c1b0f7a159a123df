package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RecordTraining writes down a training that somebody has had, by an officer
// who answers for them and is not them. It returns domain.ErrNoVolunteer,
// domain.ErrOwnRecord, and what is wrong by input.
func (a *App) RecordTraining(ctx context.Context, volunteerID string, d domain.TrainingDraft) (Credentials, error) {
	return a.noteDown(ctx, "createTraining", volunteerID, d, func(q postgres.Querier, by string) (string, error) {
		tr, err := domain.NewTraining(id.New(), volunteerID, by, d, a.clock.Now())
		if err != nil {
			return "", err
		}
		return "training.recorded", store.InsertTraining(ctx, q, tr)
	})
}

// WithdrawTraining says that a training was written down wrongly.
func (a *App) WithdrawTraining(ctx context.Context, trainingID, reason string) (Credentials, error) {
	return a.crossOut(ctx, "withdrawTraining", trainingID, reason, func(q postgres.Querier, by string) (string, error) {
		tr, err := store.LockTraining(ctx, q, trainingID)
		if err != nil {
			return "", err
		}
		if err := a.mayCrossOut(ctx, q, tr.VolunteerID, domain.ErrNoTraining); err != nil {
			return "", err
		}
		changed, err := tr.Withdraw(by, reason, a.clock.Now())
		if err != nil || !changed {
			return tr.VolunteerID, err
		}
		if err := store.UpdateTraining(ctx, q, tr); err != nil {
			return "", err
		}
		return tr.VolunteerID, a.record(ctx, q, "training.withdrawn", tr.VolunteerID, "")
	})
}

// KeepTrainings writes down trainings that a service tells of, in the
// transaction of whoever listens to it. Each has a Source; of one source
// somebody has one, however often it is heard, and under whichever record.
func (a *App) KeepTrainings(ctx context.Context, q postgres.Querier, held ...domain.Training) error {
	for _, tr := range held {
		tr.ID, tr.Noted = id.New(), domain.Noted{RecordedAt: a.clock.Now()}
		if err := store.InsertTraining(ctx, q, tr); err != nil {
			return err
		}
	}
	return nil
}

// noteDown writes something down about a person and returns what they can
// show after it. write says what it is to be called in the audit.
func (a *App) noteDown(ctx context.Context, operation, volunteerID string, content any, write func(q postgres.Querier, by string) (string, error)) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, []any{volunteerID, content}, func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, decideCredentials, volunteerID)
		if err != nil {
			return false, err
		}
		if !v.Here() {
			return false, domain.ErrRecordClosed
		}
		what, err := write(q, p.VolunteerID)
		if err != nil {
			return false, err
		}
		return true, a.record(ctx, q, what, volunteerID, "")
	}); err != nil {
		return Credentials{}, err
	}
	return a.FindCredentials(ctx, volunteerID)
}

// crossOut withdraws something of a person, whose id cross returns, and
// returns what they can show after it.
func (a *App) crossOut(ctx context.Context, operation, what, reason string, cross func(q postgres.Querier, by string) (string, error)) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	owner, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, []string{what, reason}, func(q postgres.Querier) (string, error) {
		return cross(q, p.VolunteerID)
	})
	if err != nil {
		return Credentials{}, err
	}
	return a.FindCredentials(ctx, owner)
}

// mayCrossOut returns none to whoever does not answer for the person.
func (a *App) mayCrossOut(ctx context.Context, q postgres.Querier, volunteerID string, none *apperr.Error) error {
	_, err := a.volunteerFor(ctx, q, decideCredentials, volunteerID)
	if errors.Is(err, domain.ErrNoVolunteer) {
		return none
	}
	return err
}
