package app

import (
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Invite asks the person with a volunteer number or a phone into a brigade.
// What happens is the same for a number that nobody has, up to the line that
// the leader sees, so nobody learns here who is registered. It returns
// domain.ErrNoTeam, domain.ErrTeamClosed, domain.ErrManyInvitations or an
// error on the input called to.
func (a *App) Invite(ctx context.Context, teamID, to, word string) (domain.Invitation, error) {
	invitee, err := domain.ParseInvitee(to)
	if err != nil {
		return domain.Invitation{}, err
	}
	// What was typed may be a phone: not even its plain hash is kept.
	type request struct {
		TeamID, Word string
		To           []byte
	}
	hidden := request{teamID, word, a.vault.BlindIndex("invitee", to)}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createInvitation", hidden, func(q postgres.Querier) (domain.Invitation, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return domain.Invitation{}, err
		}
		team, err := a.lockTeamFor(ctx, q, runTeam, teamID)
		if err != nil {
			return domain.Invitation{}, err
		}
		if err := team.Takes(); err != nil {
			return domain.Invitation{}, err
		}
		now := a.clock.Now()
		today, err := store.ListInvitations(ctx, q, teamID, now.Add(-day))
		if err != nil {
			return domain.Invitation{}, err
		}
		if len(today) >= domain.MaxInvitations {
			return domain.Invitation{}, domain.ErrManyInvitations
		}
		line := domain.NewInvitation(teamID, p.VolunteerID, invitee, now)
		if line.MembershipID, err = a.invite(ctx, q, team, invitee, p.VolunteerID, word); err != nil {
			return domain.Invitation{}, err
		}
		return line, store.InsertInvitation(ctx, q, line)
	})
}

// invite reaches the person, if there is one whom it may reach, and returns
// the membership by which they are invited then, "" for none.
func (a *App) invite(ctx context.Context, q postgres.Querier, team domain.Team, invitee domain.Invitee, by, word string) (string, error) {
	volunteerID, err := a.findInvitee(ctx, q, invitee)
	if err != nil || volunteerID == "" {
		return "", err
	}
	who, err := a.candidate(ctx, q, volunteerID)
	if err != nil {
		return "", err
	}
	last, err := a.lockNewest(ctx, q, team.ID, volunteerID)
	if err != nil {
		return "", err
	}
	if last.State == domain.MembershipApplied && who.May(a.clock.Now()) != nil {
		return "", nil // who cannot be approved is not taken in by this way round it
	}
	m, changed, err := team.Invite(who.Volunteer, last, by, word, a.clock.Now())
	if err != nil {
		return "", err
	}
	invited := ""
	if m.State == domain.MembershipInvited {
		invited = m.ID
	}
	if !changed {
		return invited, nil
	}
	return invited, a.keepInvited(ctx, q, team, m, m.ID != last.ID, by)
}

// keepInvited writes what an invitation made, and tells the person.
func (a *App) keepInvited(ctx context.Context, q postgres.Querier, team domain.Team, m domain.Membership, fresh bool, by string) error {
	if err := a.keepMembership(ctx, q, m, fresh); err != nil {
		return err
	}
	record := domain.NewRecord(by, "membership."+string(m.State), "membership", m.ID, a.clock.Now()).About(m.VolunteerID)
	if err := store.InsertRecord(ctx, q, record); err != nil {
		return err
	}
	kind := domain.NoticeMembershipInvited
	if m.State == domain.MembershipActive {
		kind = domain.NoticeMembershipApproved
	}
	return a.notify(ctx, q, a.aboutTeam(kind, team, m.VolunteerID, m.ID))
}

// WithdrawInvitation takes an invitation back that nobody has answered yet.
// What happens looks the same for one that reached nobody, or was answered.
// Twice is no error. It returns domain.ErrNoTeam or domain.ErrNoInvitation.
func (a *App) WithdrawInvitation(ctx context.Context, teamID, invitationID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := a.lockTeamFor(ctx, q, runTeam, teamID); err != nil {
			return err
		}
		line, err := store.LockInvitation(ctx, q, invitationID)
		if err != nil {
			return err
		}
		if line.TeamID != teamID {
			return domain.ErrNoInvitation
		}
		if !line.WithdrawnAt.IsZero() {
			return nil
		}
		line.WithdrawnAt = a.clock.Now()
		if err := store.UpdateInvitation(ctx, q, line); err != nil {
			return err
		}
		if err := a.takeBack(ctx, q, line, p.VolunteerID); err != nil {
			return err
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "invitation.withdrawn", "team", teamID, line.WithdrawnAt))
	})
}

func (a *App) takeBack(ctx context.Context, q postgres.Querier, line domain.Invitation, by string) error {
	if line.MembershipID == "" {
		return nil
	}
	m, err := store.LockMembership(ctx, q, line.MembershipID)
	if err != nil || !m.TakeBack(by, line.WithdrawnAt) {
		return err
	}
	return store.UpdateMembership(ctx, q, m) // the others never heard of it
}

// findInvitee returns whom the leader means, "" for nobody.
func (a *App) findInvitee(ctx context.Context, q postgres.Querier, invitee domain.Invitee) (string, error) {
	if invitee.Number != "" {
		volunteerID, err := store.FindVolunteerByNumber(ctx, q, invitee.Number)
		if errors.Is(err, domain.ErrNoVolunteer) {
			return "", nil
		}
		return volunteerID, err
	}
	return store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, invitee.Phone))
}

// ListInvitations returns what a brigade has sent that can still be accepted,
// the newest first: as typed, masked, and not what became of it.
func (a *App) ListInvitations(ctx context.Context, teamID string) ([]domain.Invitation, error) {
	var sent []domain.Invitation
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := a.teamFor(ctx, q, runTeam, teamID); err != nil {
			return err
		}
		var err error
		sent, err = store.ListInvitations(ctx, q, teamID, a.clock.Now().Add(-domain.InvitationLife))
		sent = slices.DeleteFunc(sent, func(i domain.Invitation) bool { return !i.WithdrawnAt.IsZero() })
		return err
	})
	return sent, err
}

// ExpireInvitations closes invitations that nobody answered in time. It is
// called now and then; one that is asked about before is judged by the clock.
func (a *App) ExpireInvitations(ctx context.Context) error {
	now := a.clock.Now()
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.ExpireInvitations(ctx, q, now.Add(-domain.InvitationLife), now); err != nil {
			return err
		}
		return store.DeleteInvitations(ctx, q, now.Add(-domain.InvitationLife))
	})
}
