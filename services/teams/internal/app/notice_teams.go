package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// teamNotices are the steps of a brigade's life that its people are told of,
// by what they are recorded as.
var teamNotices = map[string]domain.NoticeKind{
	"team.approved":  domain.NoticeTeamApproved,
	"team.returned":  domain.NoticeTeamReturned,
	"team.suspended": domain.NoticeTeamSuspended,
}

// noticeTeams tells those who lead the brigades, and who founded one, of a
// step that concerns them.
func (a *App) noticeTeams(ctx context.Context, q postgres.Querier, record string, teams ...domain.Team) error {
	kind, ok := teamNotices[record]
	if !ok {
		return nil
	}
	ids := make([]string, len(teams))
	for i, team := range teams {
		ids[i] = team.ID
	}
	leaders, err := store.ListLeadersOf(ctx, q, ids)
	if err != nil {
		return err
	}
	told := map[store.Leading]bool{}
	for _, l := range leaders {
		told[l] = true
	}
	var notices []domain.Notice
	for _, team := range teams {
		if founder := (store.Leading{TeamID: team.ID, VolunteerID: team.CreatedBy}); team.CreatedBy != "" && !told[founder] && !team.Imported {
			leaders = append(leaders, founder)
		}
	}
	names := make(map[string]string, len(teams))
	for _, team := range teams {
		names[team.ID] = team.Name
	}
	for _, l := range leaders {
		words := domain.Words{"team": names[l.TeamID], "team_id": l.TeamID}
		notices = append(notices, domain.NewNotice(kind, l.VolunteerID, "team", l.TeamID, words, a.clock.Now()))
	}
	return a.notify(ctx, q, notices...)
}

// noticeHandover tells people of a handing over that they did not do
// themselves: whom the leader asks, and, once it is done, the old leader and
// the new one. who is named in it: who asks, or who leads now.
func (a *App) noticeHandover(ctx context.Context, q postgres.Querier, kind domain.NoticeKind, team domain.Team, who string, to ...string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	var notices []domain.Notice
	for _, volunteerID := range to {
		if volunteerID == "" || volunteerID == p.VolunteerID {
			continue
		}
		words := domain.Words{"team": team.Name, "team_id": team.ID, "person": who}
		notices = append(notices, domain.NewNotice(kind, volunteerID, "team", team.ID, words, a.clock.Now()))
	}
	return a.notify(ctx, q, notices...)
}
