package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNoPhone = apperr.New(apperr.Conflict, "no_phone", "她没有登记手机号。", "No phone is registered for her.")

// ListApplicants returns a page of those who wait for a brigade's answer, and
// where the next page starts, empty after the last.
func (a *App) ListApplicants(ctx context.Context, teamID string, limit int, after string) (waiting []store.Applicant, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := a.teamFor(ctx, q, listMembers, teamID); err != nil {
			return err
		}
		waiting, err = store.ListApplicants(ctx, q, a.vault, teamID, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(waiting) <= limit {
		return waiting, "", err
	}
	waiting = waiting[:limit]
	return waiting, waiting[limit-1].MembershipID, nil
}

// OwnMembership is one of somebody's memberships, in whatever state.
type OwnMembership struct {
	Membership domain.Membership
	TeamName   string
	Appeal     domain.Appeal // against its end; zero when there is none
}

// MyMemberships returns what whoever asks is in any brigade, was, asked to be
// or is asked to be. An invitation that was not answered in time counts as closed.
func (a *App) MyMemberships(ctx context.Context) ([]OwnMembership, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var found []store.OwnMembership
	var appeals []domain.Appeal
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if found, err = store.ListMembershipsOf(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		appeals, err = store.ListAppealsOf(ctx, q, p.VolunteerID)
		return err
	})
	own := make([]OwnMembership, len(found))
	for i, one := range found {
		own[i] = OwnMembership{Membership: one.Membership, TeamName: one.TeamName}
		own[i].Membership.Expire(a.clock.Now())
		if n := slices.IndexFunc(appeals, func(ap domain.Appeal) bool {
			return ap.MembershipID == one.Membership.ID && ap.RemovedAt.Equal(one.Membership.EndedAt)
		}); n >= 0 {
			own[i].Appeal = appeals[n]
		}
	}
	return own, err
}

// ReadPhone returns the full number of a member or an applicant to who leads
// the brigade, to call them, and records that it was read. It returns
// domain.ErrNoMembership, or errNoPhone for somebody without one.
func (a *App) ReadPhone(ctx context.Context, membershipID string) (domain.Phone, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	var phone domain.Phone
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		_, m, err := a.lockMembershipFor(ctx, q, runTeam, membershipID)
		if err != nil {
			return err
		}
		if m.State != domain.MembershipActive && m.State != domain.MembershipApplied {
			return domain.ErrNoMembership
		}
		who, err := store.FindVolunteer(ctx, q, a.vault, m.VolunteerID)
		if err != nil {
			return err
		}
		if who.Phone == "" {
			return errNoPhone
		}
		phone = who.Phone
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "volunteer.phone-read", "volunteer", who.ID, a.clock.Now()).About(who.ID))
	})
	return phone, err
}
