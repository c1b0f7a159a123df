package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errMaybeThere = apperr.New(apperr.Conflict, "maybe_registered", "这个人可能已经登记过，请发邀请，不要重复登记。", "This person may be registered already; please send an invitation instead of registering them twice.")
	errNotAgreed  = apperr.New(apperr.Invalid, "not_agreed", "请先问过本人。本人同意后勾选，才能登记。", "Please ask the person first, and tick that they agree.")
)

// NewPerson is somebody a leader adds to the team.
type NewPerson struct {
	Name     string
	Phone    string // empty for somebody without one
	IDNumber string // empty when not told
	Agreed   bool   // the person's own word (条例 art. 25)
	Guardian *GuardianDraft
}

// AddPerson makes the record of somebody who has no account, unclaimed, and
// puts them into the team: a leader adds a neighbour who has no phone. It
// returns the person's id. That the number or the paper is known already is
// told, but not whose it is.
func (a *App) AddPerson(ctx context.Context, teamID string, n NewPerson) (string, error) {
	content := []any{teamID, a.vault.BlindIndex("new_person", n.Name+"\n"+n.Phone+"\n"+n.IDNumber), n.Agreed, n.Guardian != nil}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createTeamPerson", content, func(q postgres.Querier) (string, error) {
		team, err := a.lockTeamFor(ctx, q, addPerson, teamID)
		if err != nil {
			return "", err
		}
		if team.State != domain.TeamActive {
			return "", domain.ErrTeamClosed
		}
		v, err := a.newPerson(n)
		if err != nil {
			return "", err
		}
		v.RegionCode = team.RegionCode
		if err := a.checkNew(ctx, q, v); err != nil {
			return "", err
		}
		return v.ID, a.putPerson(ctx, q, team, v, n.Guardian)
	})
}

func (a *App) newPerson(n NewPerson) (domain.Volunteer, error) {
	if !n.Agreed {
		return domain.Volunteer{}, apperr.For("agreed", errNotAgreed)
	}
	v, err := a.newcomer(Registration{Name: n.Name, IDNumber: n.IDNumber}, "")
	if err != nil {
		return v, err
	}
	v.State = domain.VolunteerUnclaimed
	if v.Minor && n.Guardian == nil {
		return v, apperr.For("guardian", domain.ErrGuardianMissing)
	}
	if n.Phone != "" {
		v.Phone, err = domain.ParsePhone(n.Phone)
	}
	return v, err
}

// checkNew looks whether somebody has the phone or the paper.
func (a *App) checkNew(ctx context.Context, q postgres.Querier, v domain.Volunteer) error {
	if v.Phone != "" {
		if there, err := store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, v.Phone)); err != nil || there != "" {
			return orErr(err, apperr.For("phone", errMaybeThere))
		}
	}
	if v.IDNumber != "" {
		if there, err := store.FindVolunteerByPaper(ctx, q, store.IDIndex(a.vault, v.IDNumber)); err != nil || there != "" {
			return orErr(err, apperr.For("id_number", errMaybeThere))
		}
	}
	return nil
}

func orErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (a *App) putPerson(ctx context.Context, q postgres.Querier, team domain.Team, v domain.Volunteer, guardian *GuardianDraft) error {
	serials, err := store.DrawVolunteerSerials(ctx, q, 1)
	if err != nil {
		return err
	}
	v.Number = domain.VolunteerNumber(v.JoinedAt, serials[0])
	if err := store.InsertVolunteers(ctx, q, a.vault, []domain.Volunteer{v}); err != nil {
		return takenNumber(err)
	}
	if v.Minor {
		if err := a.keepGuardianConsent(ctx, q, v.ID, *guardian); err != nil {
			return err
		}
	}
	m := domain.Membership{
		ID: id.New(), TeamID: team.ID, VolunteerID: v.ID, Role: domain.RoleMember, State: domain.MembershipActive, Since: v.JoinedAt, Version: 1,
	}
	if err := store.InsertMembership(ctx, q, m); err != nil {
		return err
	}
	if err := a.record(ctx, q, "volunteer.added", v.ID, ""); err != nil {
		return err
	}
	return outbox.Append(ctx, q, v.JoinedAt, volunteerChanged(v), membershipChanged(m))
}
