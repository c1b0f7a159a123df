package given

import (
	"context"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Notice tells somebody that a team took them in, unless mods say otherwise.
func (w *World) Notice(t testing.TB, team domain.Team, v domain.Volunteer, mods ...func(*domain.Notice)) domain.Notice {
	t.Helper()
	n := domain.NewNotice(domain.NoticeMembershipApproved, v.ID, "team", team.ID, domain.Words{"team": team.Name, "team_id": team.ID}, w.Clock.Now())
	for _, mod := range mods {
		mod(&n)
	}
	must(t, n.Check())
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		_, err := store.InsertNotices(ctx, q, []domain.Notice{n})
		return err
	})
	return n
}
