package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Settled says where a membership stands after an act on it. It is what a
// repeated request is answered with, so it holds ids only.
type Settled struct {
	MembershipID string
	TeamID       string
	Role         domain.Role
	State        domain.MembershipState
}

// settle runs an act on a membership, once for each key of the client.
func (a *App) settle(ctx context.Context, operation string, request any, f func(q postgres.Querier) (domain.Membership, error)) (Settled, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, func(q postgres.Querier) (Settled, error) {
		m, err := f(q)
		if err != nil {
			return Settled{}, err
		}
		return Settled{MembershipID: m.ID, TeamID: m.TeamID, Role: m.Role, State: m.State}, nil
	})
}

// Apply asks a brigade to take in whoever asks. It returns domain.ErrNoTeam,
// or says why it cannot be.
func (a *App) Apply(ctx context.Context, teamID, word string) (Settled, error) {
	type request struct{ TeamID, Word string }
	return a.settle(ctx, "createApplication", request{teamID, word}, func(q postgres.Querier) (domain.Membership, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return domain.Membership{}, err
		}
		team, err := a.lockTeamFor(ctx, q, joinTeam, teamID)
		if err != nil {
			return domain.Membership{}, err
		}
		who, err := a.candidate(ctx, q, p.VolunteerID)
		if err != nil {
			return domain.Membership{}, err
		}
		last, err := a.lockNewest(ctx, q, teamID, p.VolunteerID)
		if err != nil {
			return domain.Membership{}, err
		}
		m, changed, err := team.Apply(who, last, word, a.clock.Now())
		if err != nil || !changed {
			return m, err
		}
		if err := a.keepMembership(ctx, q, m, m.ID != last.ID); err != nil || m.State != domain.MembershipApplied {
			return m, err
		}
		leaders, err := store.ListLeaderIDs(ctx, q, team.ID)
		if err != nil {
			return m, err
		}
		words := domain.Words{"team": team.Name, "team_id": team.ID, "person": m.VolunteerID}
		return m, a.notify(ctx, q, toAll(leaders, func(leaderID string) domain.Notice {
			return domain.NewNotice(domain.NoticeMembershipApplied, leaderID, "membership", m.ID, words, a.clock.Now())
		})...)
	})
}

// ApproveApplication takes an applicant in.
func (a *App) ApproveApplication(ctx context.Context, membershipID string) (Settled, error) {
	return a.settle(ctx, "approveMembership", membershipID, func(q postgres.Querier) (domain.Membership, error) {
		return a.decideMembership(ctx, q, decideApplications, membershipID, "membership.approved",
			func(team domain.Team, m *domain.Membership, by string) (bool, error) {
				who, err := a.candidate(ctx, q, m.VolunteerID)
				if err != nil {
					return false, err
				}
				return m.Approve(team, who, by, a.clock.Now())
			})
	})
}

// DeclineMembership is a no: the volunteer's own to an invitation, or the
// brigade's to an application, which needs a reason.
func (a *App) DeclineMembership(ctx context.Context, membershipID, reason string) (Settled, error) {
	type request struct{ MembershipID, Reason string }
	return a.settle(ctx, "declineMembership", request{membershipID, reason}, func(q postgres.Querier) (domain.Membership, error) {
		m, err := a.ownMembership(ctx, q, membershipID, func(_ domain.Team, m *domain.Membership) (bool, error) {
			if m.RequestedBy == m.VolunteerID {
				return false, domain.ErrOwnRequest
			}
			return m.Refuse(reason, a.clock.Now())
		})
		if !errors.Is(err, domain.ErrNoMembership) {
			return m, err
		}
		return a.decideMembership(ctx, q, decideApplications, membershipID, "membership.declined",
			func(_ domain.Team, m *domain.Membership, by string) (bool, error) {
				return m.Decline(by, reason, a.clock.Now())
			})
	})
}

// WithdrawApplication takes back one's own application.
func (a *App) WithdrawApplication(ctx context.Context, membershipID string) (Settled, error) {
	return a.settle(ctx, "withdrawMembership", membershipID, func(q postgres.Querier) (domain.Membership, error) {
		return a.ownMembership(ctx, q, membershipID, func(_ domain.Team, m *domain.Membership) (bool, error) {
			return m.Withdraw(a.clock.Now())
		})
	})
}

// AcceptInvitation is the volunteer's own yes (条例 art. 25).
func (a *App) AcceptInvitation(ctx context.Context, membershipID string) (Settled, error) {
	return a.settle(ctx, "acceptMembership", membershipID, func(q postgres.Querier) (domain.Membership, error) {
		return a.ownMembership(ctx, q, membershipID, func(team domain.Team, m *domain.Membership) (bool, error) {
			who, err := a.candidate(ctx, q, m.VolunteerID)
			if err != nil {
				return false, err
			}
			return m.Accept(team, who, a.clock.Now())
		})
	})
}

// decideMembership lets who may do the act decide about somebody's membership,
// and records it.
func (a *App) decideMembership(ctx context.Context, q postgres.Querier, what act, membershipID, record string,
	decide func(team domain.Team, m *domain.Membership, by string) (bool, error)) (domain.Membership, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Membership{}, err
	}
	team, m, err := a.lockMembershipFor(ctx, q, what, membershipID)
	if err != nil {
		return domain.Membership{}, err
	}
	changed, err := decide(team, &m, p.VolunteerID)
	if err != nil || !changed {
		return m, err
	}
	if err := a.keepMembership(ctx, q, m, false); err != nil {
		return m, err
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, record, "membership", m.ID, a.clock.Now()).About(m.VolunteerID)); err != nil {
		return m, err
	}
	kind, tells := decided[record]
	if !tells {
		return m, nil
	}
	return m, a.notify(ctx, q, a.aboutTeam(kind, team, m.VolunteerID, m.ID))
}

// decided says of which decisions the volunteer is told.
var decided = map[string]domain.NoticeKind{
	"membership.approved": domain.NoticeMembershipApproved,
	"membership.declined": domain.NoticeMembershipDeclined,
	"membership.removed":  domain.NoticeMembershipRemoved,
}

// ownMembership lets whoever asks act on a membership of their own; somebody
// else's is domain.ErrNoMembership.
func (a *App) ownMembership(ctx context.Context, q postgres.Querier, membershipID string,
	act func(team domain.Team, m *domain.Membership) (bool, error)) (domain.Membership, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Membership{}, err
	}
	found, err := store.FindMembership(ctx, q, membershipID)
	if err != nil {
		return domain.Membership{}, err
	}
	if found.VolunteerID != p.VolunteerID {
		return domain.Membership{}, domain.ErrNoMembership
	}
	team, err := store.LockTeam(ctx, q, found.TeamID)
	if err != nil {
		return domain.Membership{}, err
	}
	m, err := store.LockMembership(ctx, q, membershipID)
	if err != nil {
		return domain.Membership{}, err
	}
	changed, err := act(team, &m)
	if err != nil || !changed {
		return m, err
	}
	return m, a.keepMembership(ctx, q, m, false)
}

// lockNewest returns somebody's newest membership in a locked team, a zero one
// when there is none. An invitation that nobody answered in time is closed on the way.
func (a *App) lockNewest(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Membership, error) {
	last, err := store.LockNewestMembership(ctx, q, teamID, volunteerID)
	if errors.Is(err, domain.ErrNoMembership) {
		return domain.Membership{}, nil
	}
	if err != nil || !last.Expire(a.clock.Now()) {
		return last, err
	}
	return last, store.UpdateMembership(ctx, q, last)
}

// candidate returns a person who would join, and what is known of whether they may.
func (a *App) candidate(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Candidate, error) {
	v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return domain.Candidate{}, err
	}
	consent, err := store.HasGuardianConsent(ctx, q, volunteerID)
	return domain.Candidate{Volunteer: v, GuardianConsent: consent}, err
}

// keepMembership writes a membership and tells the others of one that is
// active, or was. Of what never came about they hear nothing.
func (a *App) keepMembership(ctx context.Context, q postgres.Querier, m domain.Membership, fresh bool) error {
	write := store.UpdateMembership
	if fresh {
		write = store.InsertMembership
	}
	if err := write(ctx, q, m); err != nil {
		return err
	}
	if m.State != domain.MembershipActive && m.State != domain.MembershipEnded {
		return nil
	}
	return outbox.Append(ctx, q, a.clock.Now(), membershipChanged(m))
}
