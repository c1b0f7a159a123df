package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// OpenLink is what somebody sees who opens a claim link: whose it is, masked.
type OpenLink struct {
	TeamName   string // of a brigade's link; empty for one person's
	People     []domain.Volunteer
	FaceToFace bool // nothing is asked
	ExpiresAt  time.Time
}

// OpenClaimLink returns what a link is for, or domain.ErrClaimLink. It changes
// nothing: WeChat opens links before people do.
func (a *App) OpenClaimLink(ctx context.Context, secret string) (OpenLink, error) {
	var open OpenLink
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		link, err := store.FindClaimLink(ctx, q, domain.HashSecret(secret))
		if err != nil {
			return err
		}
		if err := link.Usable(a.clock.Now()); err != nil {
			return err
		}
		open.FaceToFace, open.ExpiresAt = link.FaceToFace, link.ExpiresAt
		if link.TeamID == "" {
			v, err := store.FindVolunteer(ctx, q, a.vault, link.VolunteerID)
			open.People = []domain.Volunteer{v}
			return err
		}
		team, err := store.FindTeam(ctx, q, link.TeamID)
		if err != nil {
			return err
		}
		open.TeamName = team.Name
		open.People, err = store.ListUnclaimed(ctx, q, a.vault, link.TeamID)
		return err
	})
	return open, err
}

// Claimant is who somebody says they are.
type Claimant struct {
	Secret      string // of the link
	VolunteerID string // who of a brigade; ignored when the link is for one person
	Digits      string // the last four characters of the identity number or the phone
}

// Claim makes a record its person's own and begins a session. Both the link
// and the person's row are locked, so of any number that come at once one
// succeeds, and wrong tries are counted one by one, whatever link they come by.
// It carries no idempotency key: the answer holds a secret that is kept nowhere.
func (a *App) Claim(ctx context.Context, c Claimant) (me Me, secret string, err error) {
	var verdict error // a wrong try is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		link, err := store.LockClaimLink(ctx, q, domain.HashSecret(c.Secret))
		if err != nil {
			return err
		}
		v, err := a.claimant(ctx, q, link, c.VolunteerID)
		if err != nil {
			return err
		}
		if verdict, err = a.tryDigits(ctx, q, &link, v, c.Digits); err != nil || verdict != nil {
			return err
		}
		if err := a.claim(ctx, q, &link, &v); err != nil {
			return err
		}
		if _, secret, err = a.beginSession(ctx, q, v.ID, domain.BegunByClaim); err != nil {
			return err
		}
		me, err = a.readMe(ctx, q, v.ID)
		return err
	})
	if err != nil {
		return Me{}, "", err
	}
	if verdict != nil {
		return Me{}, "", verdict
	}
	return me, secret, nil
}

// claimant returns the person whom a link is used for, locked.
func (a *App) claimant(ctx context.Context, q postgres.Querier, link domain.ClaimLink, volunteerID string) (domain.Volunteer, error) {
	if err := link.Usable(a.clock.Now()); err != nil {
		return domain.Volunteer{}, err
	}
	if link.TeamID == "" {
		v, err := store.LockVolunteer(ctx, q, a.vault, link.VolunteerID)
		if err != nil {
			return domain.Volunteer{}, err
		}
		return v, a.claimable(ctx, q, v)
	}
	if !id.Valid(volunteerID) {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	role, err := store.FindRole(ctx, q, link.TeamID, volunteerID)
	if err != nil {
		return domain.Volunteer{}, err
	}
	if role == domain.NoRole {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return domain.Volunteer{}, err
	}
	if v.State != domain.VolunteerUnclaimed {
		return domain.Volunteer{}, domain.ErrClaimed
	}
	return v, nil
}

// tryDigits judges a try and keeps a wrong one, at the link and at the person.
func (a *App) tryDigits(ctx context.Context, q postgres.Querier, link *domain.ClaimLink, v domain.Volunteer, digits string) (verdict, err error) {
	now := a.clock.Now()
	switch {
	case link.FaceToFace:
		return nil, nil
	case !v.HasDigits():
		return apperr.For("digits", domain.ErrVouchInPerson), nil
	}
	tries, err := store.FindClaimTries(ctx, q, v.ID)
	if err != nil {
		return nil, err
	}
	if spent := tries.Allowed(now); spent != nil {
		return spent, nil
	}
	if v.KnowsDigits(digits) {
		return nil, nil
	}
	tries.Add(now)
	if err := store.UpsertClaimTries(ctx, q, tries); err != nil {
		return nil, err
	}
	link.WrongTries++
	return apperr.For("digits", domain.ErrWrongDigits), store.UpdateClaimLink(ctx, q, *link)
}

// claim makes the record the person's own, ends the link and tells the others.
func (a *App) claim(ctx context.Context, q postgres.Querier, link *domain.ClaimLink, v *domain.Volunteer) error {
	now := a.clock.Now()
	link.Used(now)
	if err := store.UpdateClaimLink(ctx, q, *link); err != nil {
		return err
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(v.ID, "volunteer.claimed", "claim_link", link.ID, now).About(v.ID)); err != nil {
		return err
	}
	return a.activate(ctx, q, v)
}

// activate notes that a person uses their record from now on.
func (a *App) activate(ctx context.Context, q postgres.Querier, v *domain.Volunteer) error {
	if !v.Claim() {
		return nil
	}
	if err := store.UpdateVolunteer(ctx, q, a.vault, *v); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), volunteerChanged(*v))
}
