package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// KnownMember is somebody who is, or was, in a team.
type KnownMember struct {
	KnownPerson
	Former bool // was, and is not now
}

// FindMembers returns everybody who is or was in a team, and the unit under which
// it is counted; of a team that is not known nobody. It is for other services,
// behind the internal secret; who may see a name is decided there.
func (a *App) FindMembers(ctx context.Context, teamID string) (unit string, members []KnownMember, err error) {
	if !id.Valid(teamID) {
		return "", nil, nil
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		team, err := store.FindTeam(ctx, q, teamID)
		if errors.Is(err, domain.ErrNoTeam) {
			return nil
		}
		if err != nil {
			return err
		}
		active, err := store.ListEverMembers(ctx, q, teamID)
		if err != nil {
			return err
		}
		ids := make([]string, 0, len(active))
		for volunteerID := range active {
			ids = append(ids, volunteerID)
		}
		found, err := store.FindVolunteers(ctx, q, a.vault, ids)
		if err != nil {
			return err
		}
		people, err := a.withSurvivors(ctx, q, found)
		if err != nil {
			return err
		}
		unit = team.ReportingUnit
		slices.SortFunc(people, func(x, y KnownPerson) int { return cmp.Compare(x.ID, y.ID) })
		for _, p := range people {
			members = append(members, KnownMember{KnownPerson: p, Former: !active[p.ID]})
		}
		return nil
	})
	return unit, members, err
}
