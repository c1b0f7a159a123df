package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TeamPairings are counts, and nothing else, of the pairings that a brigade stands behind.
type TeamPairings struct{ Proposed, Trial, Active, Paused int }

// errNoBrigade answers who leads no such brigade.
var errNoBrigade = apperr.New(apperr.NotFound, "no_such_team", "没有这支队伍，或者您不是队长。", "There is no such brigade, or you do not lead it.")

// CountTeamPairings returns how many pairings a brigade stands behind, for who leads it.
func (a *App) CountTeamPairings(ctx context.Context, teamID string) (t TeamPairings, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return t, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if err := leads(ctx, q, teamID, who); err != nil {
			return err
		}
		counts, err := store.CountTeamPairings(ctx, q, teamID)
		t = TeamPairings{
			counts[domain.PairingProposed], counts[domain.PairingTrial], counts[domain.PairingActive], counts[domain.PairingPaused],
		}
		return err
	})
	return t, err
}

// leads returns errNoBrigade to who does not lead a brigade.
func leads(ctx context.Context, q postgres.Querier, teamID string, who auth.Principal) error {
	leaders, err := store.ListLeaders(ctx, q, teamID)
	if err != nil {
		return err
	}
	for _, one := range leaders {
		if same, err := store.SamePerson(ctx, q, one, who.VolunteerID); err != nil || same {
			return err
		}
	}
	return errNoBrigade
}
