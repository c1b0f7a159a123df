package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MakeConsentLink makes the link that a guardian answers with, for who has the case,
// and returns its key, this once. It takes the place of one that was not answered.
// It keeps no answer for a repeat, because that would keep the key: a repeat makes
// another link.
func (a *App) MakeConsentLink(ctx context.Context, childID string) (l domain.ConsentLink, secret string, err error) {
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return err
		}
		if c.Circle == nil {
			return domain.ErrNoGuardian
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatLink, c.ID)
		if err != nil {
			return err
		}
		var person domain.ChildPerson
		var circle domain.Circle
		if err := openJSON(key, childPlace(c.ID), c.Sealed, &person); err != nil {
			return err
		}
		if err := openJSON(key, circlePlace(c.ID), c.Circle, &circle); err != nil {
			return err
		}
		ends, err := domain.ConsentEnds(person.BornOn, now, now)
		if err != nil {
			return err
		}
		l, secret = domain.NewConsentLink(c.ID, ends, who.VolunteerID, now)
		for _, tail := range circle.Guardian.Proofs() {
			l.Proofs = append(l.Proofs, a.proof(l, tail))
		}
		return store.InsertConsentLink(ctx, q, l)
	})
	return l, secret, err
}

// proof is the fingerprint of what a guardian types, as her link keeps it: bound to
// the link, so that nobody sees who has the same digits.
func (a *App) proof(l domain.ConsentLink, tail string) []byte {
	return a.vault.BlindIndex("consent_link."+l.ID, tail)
}

// Guardian is who comes by a link.
type Guardian struct {
	Secret string
	Digits string // the last four characters of her phone or ID number
}

// GuardianView is what a guardian sees.
type GuardianView struct {
	AnswerBy   time.Time
	Answered   bool
	Agreed     bool
	Proved     bool // what follows is only there then
	ChildName  string
	EndsAt     time.Time // until when her consent is good
	ForPhone   bool
	Withdrawn  bool
	MayRetract bool // there is a consent that she can withdraw
	Openings   []NamedOpening
	Companion  *ProposedCompanion // who is to stand by the child, or does; nil: nobody
}

// ProposedCompanion is a companion parent as the guardian is shown one.
type ProposedCompanion struct {
	Name       string
	RegionName string // where she helps
	TeamName   string // of the brigade that stands behind it; empty: none
	Waits      bool   // for the guardian's answer
	Agreed     bool

	volunteerID string
}

// OpenConsentLink returns what a link is for. Without digits it tells nothing of a
// child, and changes nothing: WeChat opens links before people do. With them it shows
// who read the record, which is written down as a reading by the guardian.
func (a *App) OpenConsentLink(ctx context.Context, g Guardian) (v GuardianView, err error) {
	var openings []domain.Opening
	err = a.asGuardian(ctx, g, func(q postgres.Querier, l *domain.ConsentLink, c domain.Child) error {
		v = GuardianView{AnswerBy: l.AnswerBy, Answered: !l.AnsweredAt.IsZero(), Agreed: l.Agreed}
		if g.Digits == "" {
			return nil
		}
		key, err := a.openAsGuardian(ctx, q, *l, whatConsent)
		if err != nil {
			return err
		}
		var person domain.ChildPerson
		if err := openJSON(key, childPlace(c.ID), c.Sealed, &person); err != nil {
			return err
		}
		v.Proved, v.ChildName, v.EndsAt, v.Withdrawn = true, person.Name, l.ConsentEnds, c.State == domain.ChildWithdrawn
		consents, err := store.ListConsents(ctx, q, c.ID)
		if err != nil {
			return err
		}
		for _, one := range consents {
			if one.WithdrawnAt.IsZero() {
				v.MayRetract, v.ForPhone, v.EndsAt = true, one.ForPhone, one.EndsAt
				break
			}
		}
		if v.Companion, err = proposedTo(ctx, q, c); err != nil {
			return err
		}
		openings, err = store.ListOpenings(ctx, q, c.ID, openingsAtOnce)
		return err
	})
	if err != nil {
		return GuardianView{}, err
	}
	// What was a purpose's reason stays among officers: it may speak of the guardian.
	v.Openings = a.nameOpenings(ctx, withoutConcerns(openings), nil)
	if p := v.Companion; p != nil {
		p.Name = a.knownOf(ctx, p.volunteerID).FullName()
	}
	return v, nil
}

// proposedTo returns who is proposed for a child, or stands by it; nil: nobody.
func proposedTo(ctx context.Context, q postgres.Querier, child domain.Child) (*ProposedCompanion, error) {
	p, err := store.LockOpenPairing(ctx, q, child.ID)
	if errors.Is(err, domain.ErrNoPairing) {
		return nil, nil //nolint:nilnil // nobody is
	}
	if err != nil {
		return nil, err
	}
	companion, err := store.FindCompanion(ctx, q, p.CompanionID)
	if err != nil {
		return nil, err
	}
	regions, err := store.RegionNames(ctx, q, []string{companion.RegionPath})
	if err != nil {
		return nil, err
	}
	shown := &ProposedCompanion{
		RegionName: regions[companion.RegionPath], Waits: p.State == domain.PairingProposed && p.GuardianAgreedAt.IsZero(),
		Agreed: !p.GuardianAgreedAt.IsZero(), volunteerID: p.VolunteerID,
	}
	if p.TeamID != "" {
		names, err := store.TeamNames(ctx, q, []string{p.TeamID})
		if err != nil {
			return nil, err
		}
		shown.TeamName = names[p.TeamID]
	}
	return shown, nil
}

// What a guardian answers.
const (
	Agree    = "agree"
	Refuse   = "refuse"
	Withdraw = "withdraw"

	AgreePerson  = "agree_person" // to the companion parent who is proposed
	RefusePerson = "refuse_person"
)

// GuardianAnswer is what AnswerConsentLink is given.
type GuardianAnswer struct {
	Guardian
	Answer                        string // Agree | Refuse | Withdraw | AgreePerson | RefusePerson
	ForData, ForPairing, ForPhone bool   // each ticked by itself
}

// AnswerConsentLink carries out what a guardian says: yes or no once, and afterwards
// that she takes it back. It returns domain.ErrConsentLink, ErrConsentDigits or
// ErrConsentTries to who is not she.
func (a *App) AnswerConsentLink(ctx context.Context, answer GuardianAnswer) error {
	if answer.Digits == "" {
		return apperr.For("digits", domain.ErrConsentDigits)
	}
	now := a.clock.Now()
	return a.asGuardian(ctx, answer.Guardian, func(q postgres.Querier, l *domain.ConsentLink, c domain.Child) error {
		switch answer.Answer {
		case Withdraw:
			if err := a.withdraw(ctx, q, c, ""); err != nil {
				return err
			}
			return a.tellOfAnswer(ctx, q, pairingsv1.NoticeConsentWithdrawn, *l, c)
		case AgreePerson, RefusePerson:
			return a.guardianAnswersPairing(ctx, q, *l, c, answer.Answer == AgreePerson)
		}
		agreed := answer.Answer == Agree
		consent, err := l.Answer(agreed, answer.ForData, answer.ForPairing, answer.ForPhone, now)
		if err != nil {
			return err
		}
		if err := store.UpdateConsentLink(ctx, q, *l); err != nil {
			return err
		}
		if !agreed {
			if err := store.UpdateChildState(ctx, q, c.Refused(now)); err != nil {
				return err
			}
			return a.tellOfAnswer(ctx, q, pairingsv1.NoticeConsentRefused, *l, c)
		}
		if err := store.InsertConsent(ctx, q, consent); err != nil {
			return err
		}
		if err := a.settle(ctx, q, c, now); err != nil {
			return err
		}
		return a.tellOfAnswer(ctx, q, pairingsv1.NoticeConsentGiven, *l, c)
	})
}

// tellOfAnswer tells who has the case what the guardian said. Which case it is stands
// on the officer's list, not in the notice.
func (a *App) tellOfAnswer(ctx context.Context, q postgres.Querier, kind pairingsv1.NoticeKind, l domain.ConsentLink, c domain.Child) error {
	if c.OfficerID == "" {
		return nil
	}
	now := a.clock.Now()
	return outbox.Append(ctx, q, now, news(kind, subject{"consent", l.ID}, now, nil, c.OfficerID)...)
}

// asGuardian locks the child and the link, judges the digits if there are any, and
// runs f. A wrong try is committed although nothing else is, or it would not count.
func (a *App) asGuardian(ctx context.Context, g Guardian, f func(q postgres.Querier, l *domain.ConsentLink, c domain.Child) error) error {
	var verdict error
	now := a.clock.Now()
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		childID, err := store.FindChildOfLink(ctx, q, domain.HashLink(g.Secret))
		if err != nil {
			return err
		}
		c, err := store.LockChild(ctx, q, childID) // before the link, as whoever makes one does
		if err != nil {
			return err
		}
		l, err := store.LockConsentLink(ctx, q, domain.HashLink(g.Secret))
		if err != nil {
			return err
		}
		if c.State == domain.ChildErased {
			return domain.ErrConsentLink
		}
		if err := l.Usable(now); err != nil {
			return err
		}
		if g.Digits != "" {
			tried := l.WrongTries
			right := l.Try(a.proof(l, domain.Tail(g.Digits)), now)
			if !right {
				verdict = apperr.For("digits", domain.ErrConsentDigits)
			}
			if l.WrongTries != tried {
				if err := store.UpdateConsentLink(ctx, q, l); err != nil {
					return err
				}
			}
			if !right {
				return nil
			}
		}
		return f(q, &l, c)
	})
	if err != nil {
		return err
	}
	return verdict
}
