package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LeaveTeam ends a membership of whoever asks. A leader hands over first.
func (a *App) LeaveTeam(ctx context.Context, membershipID string) (Settled, error) {
	return a.settle(ctx, "leaveMembership", membershipID, func(q postgres.Querier) (domain.Membership, error) {
		return a.ownMembership(ctx, q, membershipID, func(_ domain.Team, m *domain.Membership) (bool, error) {
			return m.Leave(a.clock.Now())
		})
	})
}

// RemoveMember ends somebody's membership, with a reason they will read.
func (a *App) RemoveMember(ctx context.Context, membershipID, reason string) (Settled, error) {
	type request struct{ MembershipID, Reason string }
	return a.settle(ctx, "removeMembership", request{membershipID, reason}, func(q postgres.Querier) (domain.Membership, error) {
		return a.decideMembership(ctx, q, runTeam, membershipID, "membership.removed",
			func(team domain.Team, m *domain.Membership, by string) (bool, error) {
				remover, err := store.FindActiveMembership(ctx, q, team.ID, by)
				if err != nil {
					return false, err
				}
				return m.Remove(remover, reason, a.clock.Now())
			})
	})
}

// SetMemberRole makes somebody deputy, or a plain member again. Only the
// leader may; leadership itself changes by handing over.
func (a *App) SetMemberRole(ctx context.Context, membershipID string, role domain.Role) (Settled, error) {
	type request struct{ MembershipID, Role string }
	return a.settle(ctx, "putMembershipRole", request{membershipID, string(role)}, func(q postgres.Querier) (domain.Membership, error) {
		return a.decideMembership(ctx, q, runTeam, membershipID, "membership.role_set",
			func(team domain.Team, m *domain.Membership, by string) (bool, error) {
				asker, err := store.FindActiveMembership(ctx, q, team.ID, by)
				if err != nil {
					return false, err
				}
				who, err := store.FindVolunteer(ctx, q, a.vault, m.VolunteerID)
				if err != nil {
					return false, err
				}
				return m.SetRole(role, who, asker)
			})
	})
}
