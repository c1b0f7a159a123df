package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNoPlace = apperr.New(apperr.Invalid, "page_lost", "翻页出了错，请从头再看。", "This page cannot be found; please start from the first one.")

// TeamView is a brigade and how many people are in it.
type TeamView struct {
	Team    domain.Team
	Members int
}

// FindTeam returns a brigade, or domain.ErrNoTeam.
func (a *App) FindTeam(ctx context.Context, teamID string) (TeamView, error) {
	var view TeamView
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) (err error) {
		if view.Team, err = a.teamFor(ctx, q, seeTeam, teamID); err != nil {
			return err
		}
		view.Members, err = store.CountMembers(ctx, q, teamID)
		return err
	})
	return view, err
}

// ListMembers returns up to limit lines of a brigade's roster, after the one
// where the page before said that the next starts, and where the next page
// starts, empty after the last. search chooses by name, initials or number,
// empty all. It returns domain.ErrNoTeam to whoever may not see it.
func (a *App) ListMembers(ctx context.Context, teamID, search string, limit int, after string) (members []store.Member, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := a.teamFor(ctx, q, listMembers, teamID); err != nil {
			return err
		}
		// One more than wanted tells whether there is a next page.
		members, err = store.ListMembers(ctx, q, a.vault, teamID, pinyin.Parse(search), store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(members) <= limit {
		return members, "", err
	}
	members = members[:limit]
	return members, members[limit-1].MembershipID, nil
}
