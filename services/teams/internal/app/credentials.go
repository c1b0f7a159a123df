package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Credentials are what a person can show for themself 资质与培训.
type Credentials struct {
	Now            time.Time // by which what has expired is judged
	Qualifications []domain.Qualification
	Kinds          []domain.QualificationKind // the whole list
	Trainings      []domain.Training
	Honours        []domain.Honour
	MayDecide      bool // whoever asks may record and decide about them
}

// MyCredentials returns those of whoever asks.
func (a *App) MyCredentials(ctx context.Context) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	var c Credentials
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		c, err = a.readCredentials(ctx, q, p.VolunteerID)
		return err
	})
	return c, err
}

// FindCredentials returns somebody's, for officers of their divisions and
// leaders of their teams, and domain.ErrNoVolunteer to everybody else.
func (a *App) FindCredentials(ctx context.Context, volunteerID string) (Credentials, error) {
	var c Credentials
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		_, s, err := a.volunteerBy(ctx, q, seeVolunteer, volunteerID, store.FindVolunteer)
		if err != nil {
			return err
		}
		c, err = a.readCredentials(ctx, q, volunteerID)
		c.MayDecide = rules[decideCredentials](s) && !s.self
		return err
	})
	return c, err
}

func (a *App) readCredentials(ctx context.Context, q postgres.Querier, volunteerID string) (c Credentials, err error) {
	c.Now = a.clock.Now()
	if c.Kinds, err = store.ListQualificationKinds(ctx, q); err != nil {
		return c, err
	}
	if c.Qualifications, err = store.ListQualificationsOf(ctx, q, a.vault, volunteerID); err != nil {
		return c, err
	}
	if c.Trainings, err = store.ListTrainingsOf(ctx, q, volunteerID); err != nil {
		return c, err
	}
	c.Honours, err = store.ListHonoursOf(ctx, q, volunteerID)
	return c, err
}
