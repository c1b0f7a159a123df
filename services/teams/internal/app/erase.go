package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Leaving is what stands between somebody and 注销.
type Leaving struct {
	PhoneMasked string         // where the code goes; empty: there is no phone
	Leads       []store.TeamOf // to be handed over first
}

// Leaving returns what whoever asks must do before the account can be erased.
func (a *App) Leaving(ctx context.Context) (Leaving, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Leaving{}, err
	}
	var leaving Leaving
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		v, err := store.FindVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return err
		}
		leaving.PhoneMasked = v.Phone.Masked()
		leaving.Leads, err = store.ListLedTeams(ctx, q, v.ID)
		return err
	})
	return leaving, err
}

// AskOwnCode sends a code to the phone of whoever asks, under the limits of
// AskCode, or returns domain.ErrNoPhone.
func (a *App) AskOwnCode(ctx context.Context, address string) (AskedCode, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return AskedCode{}, err
	}
	var v domain.Volunteer
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		v, err = store.FindVolunteer(ctx, q, a.vault, p.VolunteerID)
		return err
	})
	if err != nil {
		return AskedCode{}, err
	}
	if v.Phone == "" {
		return AskedCode{}, domain.ErrNoPhone
	}
	return a.AskCode(ctx, string(v.Phone), address)
}

// EraseMe erases the account of whoever asks (PIPL art. 47): the code that was
// sent to their phone within five minutes and the word 注销 show that it is
// them and that they mean it. It returns domain.ErrEraseWord,
// domain.ErrWrongCode, domain.ErrCodeSpent, domain.ErrStillLeads or
// domain.ErrLastAdministrator. It needs no idempotency key: a repeat finds
// nobody signed in.
func (a *App) EraseMe(ctx context.Context, codeText, word string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if strings.TrimSpace(word) != domain.EraseWord {
		return apperr.For("word", domain.ErrEraseWord)
	}
	digits, err := domain.ParseDigits(codeText)
	if err != nil {
		return err
	}
	var verdict error // a wrong guess is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		v, err := a.lockLeaver(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		if v.Phone == "" {
			return domain.ErrNoPhone
		}
		if _, verdict, err = a.tryCode(ctx, q, store.PhoneIndex(a.vault, v.Phone), digits); err != nil || verdict != nil {
			return err
		}
		return a.erase(ctx, q, v, p.VolunteerID, p.VolunteerID, "")
	})
	if err != nil {
		return err
	}
	return verdict
}

// ErasePerson erases somebody's account because they asked for it in writing;
// the reason says where that paper is, and names nobody. It returns
// domain.ErrNoVolunteer for whoever is not the asker's to erase,
// domain.ErrStillLeads or domain.ErrLastAdministrator.
func (a *App) ErasePerson(ctx context.Context, volunteerID, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "eraseVolunteer", []string{volunteerID, reason}, func(q postgres.Querier) (bool, error) {
		if _, err := a.volunteerFor(ctx, q, eraseVolunteer, volunteerID); err != nil {
			return false, err
		}
		if volunteerID == p.VolunteerID {
			return false, domain.ErrOwnErasure
		}
		v, err := a.lockLeaver(ctx, q, volunteerID)
		if err != nil {
			return false, err
		}
		return true, a.erase(ctx, q, v, p.VolunteerID, p.VolunteerID, reason)
	})
	return err
}

// lockLeaver returns the person, held, if the record is one's own. Whoever may
// be an officer waits for the administration first, in the order of everybody.
func (a *App) lockLeaver(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Volunteer, error) {
	grants, err := store.ListGrants(ctx, q, volunteerID)
	if err != nil {
		return domain.Volunteer{}, err
	}
	if len(grants) > 0 {
		if err := store.LockAdministration(ctx, q); err != nil {
			return domain.Volunteer{}, err
		}
	}
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return domain.Volunteer{}, err
	}
	if !v.State.Here() {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	return v, nil
}

// erase does it, and tells all services: what ends, ended by whom, and that a tombstone
// is left. The audit names the actor.
func (a *App) erase(ctx context.Context, q postgres.Querier, v domain.Volunteer, by, actor, reason string) error {
	led, err := store.ListLedTeams(ctx, q, v.ID)
	if err != nil {
		return err
	}
	if len(led) > 0 {
		return domain.ErrStillLeads.With("team", led[0].TeamName)
	}
	for _, end := range []func(context.Context, postgres.Querier, domain.Volunteer, string) error{
		a.endGrantsOf, a.endMembershipsOf, a.endSessionsOf, a.withdrawConsentsOf,
	} {
		if err := end(ctx, q, v, by); err != nil {
			return err
		}
	}
	if err := store.EraseRows(ctx, q, v.ID, store.PhoneIndex(a.vault, v.Phone)); err != nil {
		return err
	}
	v.Erase()
	if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
		return err
	}
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(actor, "volunteer.erased", "volunteer", v.ID, now).About(v.ID).Because(reason)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, volunteerChanged(v))
}

func (a *App) endGrantsOf(ctx context.Context, q postgres.Querier, v domain.Volunteer, by string) error {
	const reason = "注销账号"
	grants, err := store.ListGrants(ctx, q, v.ID)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if g.Over(a.clock.Now()) {
			continue
		}
		if err := g.Withdraw(by, reason, a.clock.Now()); err != nil {
			return err
		}
		if err := store.UpdateGrant(ctx, q, g); err != nil {
			return err
		}
		if err := a.tellGrant(ctx, q, by, "grant.withdrawn", g, reason); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) endMembershipsOf(ctx context.Context, q postgres.Querier, v domain.Volunteer, by string) error {
	open, err := store.LockOpenMemberships(ctx, q, v.ID)
	if err != nil {
		return err
	}
	for _, m := range open {
		was := m.State
		if !m.Close(by, domain.EndingErased, "", a.clock.Now()) {
			continue
		}
		if err := store.UpdateMembership(ctx, q, m); err != nil {
			return err
		}
		if was != domain.MembershipActive {
			continue // the others never heard of it
		}
		if err := outbox.Append(ctx, q, a.clock.Now(), membershipChanged(m)); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) endSessionsOf(ctx context.Context, q postgres.Querier, v domain.Volunteer, _ string) error {
	return a.endSessions(ctx, q, v.ID)
}

func (a *App) withdrawConsentsOf(ctx context.Context, q postgres.Querier, v domain.Volunteer, by string) error {
	said, err := store.ListConsents(ctx, q, v.ID)
	if err != nil {
		return err
	}
	last := map[domain.Purpose]domain.Consent{}
	for _, c := range said {
		last[c.Purpose] = c
	}
	var ended []domain.Consent
	for _, purpose := range domain.Purposes {
		if c := last[purpose]; c.Given {
			ended = append(ended, c.Withdrawal(id.New(), by, a.clock.Now()))
		}
	}
	return store.InsertConsents(ctx, q, ended)
}
