package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// DissolveTeam ends a brigade, with a reason. With a successor, which the
// officer must look after too, its people become members there; its history
// stays under its own id (ADR 24).
func (a *App) DissolveTeam(ctx context.Context, teamID, successorID, reason string) (TeamView, error) {
	reason, err := domain.ParseReason(reason)
	if err != nil {
		return TeamView{}, err
	}
	request := [3]string{teamID, successorID, reason}
	return a.changeTeam(ctx, "dissolveTeam", request, func(q postgres.Querier) (string, error) {
		team, successor, err := a.lockForDissolving(ctx, q, teamID, successorID)
		if err != nil {
			return "", err
		}
		if err := team.Dissolve(reason, successor, a.clock.Now()); err != nil {
			return "", err
		}
		if err := a.keepTeam(ctx, q, team, "team.dissolved", reason); err != nil {
			return "", err
		}
		if err := a.withdrawHandover(ctx, q, team.ID); err != nil {
			return "", err
		}
		return team.ID, a.moveMembers(ctx, q, team)
	})
}

// lockForDissolving locks the brigade and its successor, always in the order
// of their ids, so that two merges at once do not wait for each other.
func (a *App) lockForDissolving(ctx context.Context, q postgres.Querier, teamID, successorID string) (domain.Team, *domain.Team, error) {
	if successorID == "" {
		team, err := a.lockTeamFor(ctx, q, decideTeam, teamID)
		return team, nil, err
	}
	locked := map[string]domain.Team{}
	for _, one := range slices.Compact(slices.Sorted(slices.Values([]string{teamID, successorID}))) {
		team, err := a.lockTeamFor(ctx, q, decideTeam, one)
		if one == successorID && one != teamID && apperr.KindOf(err) == apperr.NotFound {
			err = apperr.For("successor_id", domain.ErrNoTeam)
			if _, hidden := a.teamFor(ctx, q, decideTeam, teamID); hidden != nil {
				err = hidden // who may not see the brigade learns nothing of the other
			}
		}
		if err != nil {
			return domain.Team{}, nil, err
		}
		locked[one] = team
	}
	successor := locked[successorID]
	return locked[teamID], &successor, nil
}

// moveMembers ends the memberships of a dissolved brigade and begins those in
// its successor.
func (a *App) moveMembers(ctx context.Context, q postgres.Querier, team domain.Team) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	ended, err := store.EndMembershipsOf(ctx, q, team.ID, p.VolunteerID, now)
	if err != nil {
		return err
	}
	moved := ended
	if team.SuccessorID != "" {
		newcomers := make([]domain.Membership, len(ended))
		for i, m := range ended {
			newcomers[i] = domain.Membership{ID: id.New(), VolunteerID: m.VolunteerID, Since: now}
		}
		begun, err := store.MoveMembers(ctx, q, team.SuccessorID, newcomers)
		if err != nil {
			return err
		}
		moved = slices.Concat(ended, begun)
	}
	return a.tellMoved(ctx, q, moved)
}

// tellMoved tells what happened to many memberships.
func (a *App) tellMoved(ctx context.Context, q postgres.Querier, moved []store.Moved) error {
	return tellAll(ctx, q, a.clock.Now(), convert(moved, func(m store.Moved) outbox.Event { return membershipMoved(m) }))
}
