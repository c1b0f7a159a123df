package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Supervision says which office supervises a brigade.
type Supervision struct {
	Office domain.Office
	Chosen bool // by an officer; otherwise it is the nearest federation up the tree
}

// FindTeamOffice returns who supervises a brigade: the office that an officer
// chose, while it is open, or else the nearest federation. It returns
// domain.ErrNoTeam to whoever may not see the brigade, and domain.ErrNoOffice
// when there is no federation on the way up.
func (a *App) FindTeamOffice(ctx context.Context, teamID string) (s Supervision, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		team, err := a.teamFor(ctx, q, seeTeam, teamID)
		if err != nil {
			return err
		}
		s, err = supervision(ctx, q, team)
		return err
	})
	return s, err
}

func supervision(ctx context.Context, q postgres.Querier, team domain.Team) (Supervision, error) {
	chosen, err := store.FindChosenOffice(ctx, q, team.ID)
	if !errors.Is(err, domain.ErrNoOffice) {
		return Supervision{Office: chosen, Chosen: true}, err
	}
	nearest, err := store.FindNearestOffice(ctx, q, team.RegionPath)
	return Supervision{Office: nearest}, err
}

// ChooseTeamOffice lets an office supervise a brigade, or the nearest one
// again when officeID is empty. It is for coordinators and administrators of
// the brigade's region.
func (a *App) ChooseTeamOffice(ctx context.Context, teamID, officeID string) (Supervision, error) {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "putTeamOffice", []string{teamID, officeID}, func(q postgres.Querier) (bool, error) {
		if _, err := a.lockTeamFor(ctx, q, chooseOffice, teamID); err != nil {
			return false, err
		}
		if officeID != "" {
			o, err := store.FindOffice(ctx, q, officeID)
			if err != nil {
				return false, err
			}
			if o.Closed {
				return false, domain.ErrOfficeClosed
			}
		}
		changed, err := store.SetTeamOffice(ctx, q, teamID, officeID)
		if err != nil || !changed {
			return true, err
		}
		p, err := auth.From(ctx)
		if err != nil {
			return false, err
		}
		return true, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "team.office_chosen", "team", teamID, a.clock.Now()))
	})
	if err != nil {
		return Supervision{}, err
	}
	return a.FindTeamOffice(ctx, teamID)
}
