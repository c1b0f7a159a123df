package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SubmitTeam asks the office to approve a draft.
func (a *App) SubmitTeam(ctx context.Context, teamID string) (TeamView, error) {
	return a.moveTeam(ctx, teamStep{operation: "submitTeam", what: submitTeam, record: "team.submitted"}, teamID, "",
		func(team *domain.Team, now time.Time) error { return team.Submit(now) })
}

// ReturnTeam gives a submitted brigade back to its founder with a reason.
func (a *App) ReturnTeam(ctx context.Context, teamID, reason string) (TeamView, error) {
	return a.decide(ctx, "returnTeam", "team.returned", teamID, reason, (*domain.Team).Return)
}

// SuspendTeam stops a brigade from posting, with a reason.
func (a *App) SuspendTeam(ctx context.Context, teamID, reason string) (TeamView, error) {
	return a.decide(ctx, "suspendTeam", "team.suspended", teamID, reason, (*domain.Team).Suspend)
}

// ResumeTeam lifts a suspension, with a reason.
func (a *App) ResumeTeam(ctx context.Context, teamID, reason string) (TeamView, error) {
	return a.decide(ctx, "resumeTeam", "team.resumed", teamID, reason, (*domain.Team).Resume)
}

// ApproveTeam makes a submitted brigade an active one, and its founder its leader.
func (a *App) ApproveTeam(ctx context.Context, teamID string) (TeamView, error) {
	return a.changeTeam(ctx, "approveTeam", teamID, func(q postgres.Querier) (string, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		team, err := a.lockTeamFor(ctx, q, decideTeam, teamID)
		if err != nil {
			return "", err
		}
		if err := team.Approve(p.VolunteerID, a.clock.Now()); err != nil {
			return "", err
		}
		if err := a.keepTeam(ctx, q, team, "team.approved", ""); err != nil {
			return "", err
		}
		return team.ID, a.seatFounders(ctx, q, []domain.Team{team})
	})
}

// seatFounders makes the founders of brigades that were just approved their
// leaders. A roster's brigade has the leader that its roster names.
func (a *App) seatFounders(ctx context.Context, q postgres.Querier, teams []domain.Team) error {
	now := a.clock.Now()
	var seats []domain.Membership
	var events []outbox.Event
	for _, team := range teams {
		if team.CreatedBy == "" || team.Imported {
			continue
		}
		founder, err := store.FindVolunteer(ctx, q, a.vault, team.CreatedBy)
		if err != nil {
			return err
		}
		if !founder.State.Here() || founder.Minor {
			continue // leaderless: it stands in the officers' list
		}
		m := domain.Membership{ID: id.New(), TeamID: team.ID, VolunteerID: founder.ID, Role: domain.RoleLeader, Since: now, Version: 1}
		seats = append(seats, m)
		events = append(events, membershipMoved(store.Moved{
			MembershipID: m.ID, TeamID: m.TeamID, VolunteerID: m.VolunteerID, Role: string(m.Role), State: "active", Version: m.Version,
		}))
	}
	if len(seats) == 0 {
		return nil
	}
	if err := store.InsertMemberships(ctx, q, seats); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, events...)
}

// decide is an act of the office that needs a reason.
func (a *App) decide(ctx context.Context, operation, record, teamID, reason string, act func(*domain.Team, string, time.Time) error) (TeamView, error) {
	reason, err := domain.ParseReason(reason)
	if err != nil {
		return TeamView{}, err
	}
	return a.moveTeam(ctx, teamStep{operation: operation, what: decideTeam, record: record}, teamID, reason,
		func(team *domain.Team, now time.Time) error { return act(team, reason, now) })
}

// teamStep is one step in a brigade's life: what it is called, who may, and as
// what it is recorded.
type teamStep struct {
	operation string
	what      act
	record    string
}

func (a *App) moveTeam(ctx context.Context, step teamStep, teamID, reason string, move func(*domain.Team, time.Time) error) (TeamView, error) {
	request := [2]string{teamID, reason}
	return a.changeTeam(ctx, step.operation, request, func(q postgres.Querier) (string, error) {
		team, err := a.lockTeamFor(ctx, q, step.what, teamID)
		if err != nil {
			return "", err
		}
		if err := move(&team, a.clock.Now()); err != nil {
			return "", err
		}
		return team.ID, a.keepTeam(ctx, q, team, step.record, reason)
	})
}

// keepTeam writes a changed brigade, records who changed it and why, and tells
// the others.
func (a *App) keepTeam(ctx context.Context, q postgres.Querier, team domain.Team, record, reason string) error {
	if err := store.UpdateTeam(ctx, q, team); err != nil {
		return err
	}
	return a.tellTeam(ctx, q, team, record, reason)
}

func (a *App) tellTeam(ctx context.Context, q postgres.Querier, team domain.Team, record, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, record, "team", team.ID, now).Because(reason)); err != nil {
		return err
	}
	if err := outbox.Append(ctx, q, now, teamChanged(team)); err != nil {
		return err
	}
	return a.noticeTeams(ctx, q, record, team)
}
