package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// HandOver proposes that a member or deputy leads the brigade of whoever asks.
func (a *App) HandOver(ctx context.Context, teamID, heirID string) (TeamView, error) {
	return a.changeTeam(ctx, "createHandover", [2]string{teamID, heirID}, func(q postgres.Querier) (string, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		team, err := a.lockTeamFor(ctx, q, handOverTeam, teamID)
		if err != nil {
			return "", err
		}
		heir, err := a.heirOf(ctx, q, team.ID, heirID)
		if err != nil {
			return "", err
		}
		h, err := team.HandOver(p.VolunteerID, heir, a.clock.Now())
		if err != nil {
			return "", err
		}
		if err := store.InsertHandover(ctx, q, h); err != nil {
			return "", err
		}
		if err := a.noticeHandover(ctx, q, domain.NoticeHandoverAsked, team, p.VolunteerID, heirID); err != nil {
			return "", err
		}
		return team.ID, a.recordTeam(ctx, q, team.ID, "team.handover_proposed", heirID)
	})
}

// AcceptHandover makes whoever asks the leader of a brigade that was offered
// to them: their own act, nobody is made one (条例 art. 25).
func (a *App) AcceptHandover(ctx context.Context, teamID string) (TeamView, error) {
	return a.changeTeam(ctx, "acceptHandover", teamID, func(q postgres.Querier) (string, error) {
		team, h, err := a.lockOfferedTo(ctx, q, teamID)
		if err != nil {
			return "", err
		}
		heir, err := a.heirOf(ctx, q, team.ID, h.ToID)
		if err != nil {
			return "", err
		}
		leader, err := store.FindLeader(ctx, q, team.ID)
		if err != nil {
			return "", err
		}
		if err := h.Accept(&team, leader, heir, a.clock.Now()); err != nil {
			return "", err
		}
		if err := store.UpdateHandover(ctx, q, h); err != nil {
			return "", err
		}
		return team.ID, a.pass(ctx, q, team, h, "team.handed_over")
	})
}

// DeclineHandover is the no of whoever a brigade was offered to.
func (a *App) DeclineHandover(ctx context.Context, teamID string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "declineHandover", teamID, func(q postgres.Querier) (struct{}, error) {
		_, h, err := a.lockOfferedTo(ctx, q, teamID)
		if err != nil {
			return struct{}{}, err
		}
		if err := h.Decline(a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		if err := store.UpdateHandover(ctx, q, h); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.recordTeam(ctx, q, teamID, "team.handover_declined", h.ToID)
	})
	return err
}

// WithdrawHandover is the leader's second thought. Withdrawing twice is no error.
func (a *App) WithdrawHandover(ctx context.Context, teamID string) (TeamView, error) {
	return a.changeTeam(ctx, "deleteHandover", teamID, func(q postgres.Querier) (string, error) {
		team, err := a.lockTeamFor(ctx, q, handOverTeam, teamID)
		if err != nil {
			return "", err
		}
		return team.ID, a.withdrawHandover(ctx, q, team.ID)
	})
}

// AppointLeader is the office's act alone, when the leader is gone: with a
// reason, and never about the officer themself.
func (a *App) AppointLeader(ctx context.Context, teamID, heirID, reason string) (TeamView, error) {
	reason, err := domain.ParseReason(reason)
	if err != nil {
		return TeamView{}, err
	}
	request := [3]string{teamID, heirID, reason}
	return a.changeTeam(ctx, "appointLeader", request, func(q postgres.Querier) (string, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		team, err := a.lockTeamFor(ctx, q, decideTeam, teamID)
		if err != nil {
			return "", err
		}
		heir, err := a.heirOf(ctx, q, team.ID, heirID)
		if err != nil {
			return "", err
		}
		leader, err := store.FindLeader(ctx, q, team.ID)
		if err != nil {
			return "", err
		}
		h, err := team.Appoint(p.VolunteerID, leader, heir, reason, a.clock.Now())
		if err != nil {
			return "", err
		}
		if err := a.withdrawHandover(ctx, q, team.ID); err != nil {
			return "", err
		}
		if err := store.InsertHandover(ctx, q, h); err != nil {
			return "", err
		}
		return team.ID, a.pass(ctx, q, team, h, "team.leader_appointed")
	})
}

// pass makes the heir the leader and the leader a member, makes the brigade's
// join codes worthless, and tells the others.
func (a *App) pass(ctx context.Context, q postgres.Querier, team domain.Team, h domain.Handover, record string) error {
	var moved []store.Moved
	if h.FromID != "" { // first, for a brigade has one leader at most
		m, err := store.ChangeRole(ctx, q, team.ID, h.FromID, domain.RoleMember)
		if err != nil {
			return err
		}
		moved = append(moved, m)
	}
	m, err := store.ChangeRole(ctx, q, team.ID, h.ToID, domain.RoleLeader)
	if err != nil {
		return err
	}
	if err := a.tellMoved(ctx, q, append(moved, m)); err != nil {
		return err
	}
	if err := store.UpdateTeam(ctx, q, team); err != nil {
		return err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	line := domain.NewRecord(p.VolunteerID, record, "team", team.ID, now).About(h.ToID).Because(h.Reason)
	if err := store.InsertRecord(ctx, q, line); err != nil {
		return err
	}
	if err := a.noticeHandover(ctx, q, domain.NoticeHandoverDone, team, h.ToID, h.FromID, h.ToID); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, teamsv1.TeamHandedOver{TeamID: team.ID, From: h.FromID, To: h.ToID, At: now, Version: team.Version})
}

// withdrawHandover ends what is open for a locked brigade, if anything.
func (a *App) withdrawHandover(ctx context.Context, q postgres.Querier, teamID string) error {
	h, err := store.FindOpenHandover(ctx, q, teamID)
	if errors.Is(err, domain.ErrNoHandover) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := h.Withdraw(a.clock.Now()); err != nil {
		return err
	}
	if err := store.UpdateHandover(ctx, q, h); err != nil {
		return err
	}
	return a.recordTeam(ctx, q, teamID, "team.handover_withdrawn", h.ToID)
}

// lockOfferedTo locks a brigade that is offered to whoever asks. To everybody
// else there is no such offer, whether there is such a brigade or not.
func (a *App) lockOfferedTo(ctx context.Context, q postgres.Querier, teamID string) (domain.Team, domain.Handover, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Team{}, domain.Handover{}, err
	}
	team, err := store.LockTeam(ctx, q, teamID)
	if errors.Is(err, domain.ErrNoTeam) {
		err = domain.ErrNoHandover
	}
	if err != nil {
		return domain.Team{}, domain.Handover{}, err
	}
	h, err := store.FindOpenHandover(ctx, q, teamID)
	if err == nil && h.ToID != p.VolunteerID {
		err = domain.ErrNoHandover
	}
	return team, h, err
}

// heirOf reads what the rule about the next leader asks. Whoever is nobody of
// the team looks like somebody who does not exist.
func (a *App) heirOf(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Heir, error) {
	role, err := store.FindRole(ctx, q, teamID, volunteerID)
	if err != nil || role == domain.NoRole {
		return domain.Heir{VolunteerID: volunteerID}, err
	}
	v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
	if apperr.KindOf(err) == apperr.NotFound {
		return domain.Heir{VolunteerID: volunteerID}, nil
	}
	return domain.Heir{VolunteerID: volunteerID, Role: role, State: v.State, Minor: v.Minor}, err
}

// recordTeam records an act on a brigade that concerns one person.
func (a *App) recordTeam(ctx context.Context, q postgres.Querier, teamID, record, volunteerID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, record, "team", teamID, a.clock.Now()).About(volunteerID))
}
