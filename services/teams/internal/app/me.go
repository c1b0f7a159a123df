package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Me is what somebody may know about themself.
type Me struct {
	Volunteer domain.Volunteer
	Teams     []store.TeamOf
	Grants    []domain.Grant // those that count now
	Renewals  int            // consents to give again, because their words say more now
	Unread    int            // notices not read yet, at most 100
}

// Me returns who is asking.
func (a *App) Me(ctx context.Context) (Me, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Me{}, err
	}
	var me Me
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		me, err = a.readMe(ctx, q, p.VolunteerID)
		return err
	})
	if p.Shared && len(p.Grants) == 0 {
		me.Grants = nil // begun with a PIN: the session carries none
	}
	return me, err
}

func (a *App) readMe(ctx context.Context, q postgres.Querier, volunteerID string) (Me, error) {
	v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return Me{}, err
	}
	teams, err := store.ListTeamsOf(ctx, q, volunteerID)
	if err != nil {
		return Me{}, err
	}
	grants, err := store.ListGrants(ctx, q, volunteerID)
	if err != nil {
		return Me{}, err
	}
	renewals, err := a.countRenewals(ctx, q, volunteerID)
	if err != nil {
		return Me{}, err
	}
	unread, err := store.CountUnread(ctx, q, volunteerID)
	if err != nil {
		return Me{}, err
	}
	return Me{Volunteer: v, Teams: teams, Grants: domain.ActiveGrants(grants, a.clock.Now()), Renewals: renewals, Unread: unread}, nil
}
