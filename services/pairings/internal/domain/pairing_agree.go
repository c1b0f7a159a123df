package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// VolunteerAgrees notes the companion parent's yes.
func (p Pairing) VolunteerAgrees(rules PairingRules, now time.Time) (Pairing, error) {
	if err := p.asked(p.VolunteerAgreedAt); err != nil {
		return p, err
	}
	p.VolunteerAgreedAt = now
	return p.agreed(rules, now), nil
}

// GuardianAgrees notes the guardian's yes to this person, by her link, or as by recorded
// it from a numbered paper.
func (p Pairing) GuardianAgrees(linkID, form, by string, rules PairingRules, now time.Time) (Pairing, error) {
	form = strings.TrimSpace(form)
	if err := p.asked(p.GuardianAgreedAt); err != nil {
		return p, err
	}
	if linkID == "" && !within(form, 40) {
		return p, apperr.For("form_number", ErrPairingGuardianForm)
	}
	p.GuardianAgreedAt, p.GuardianLinkID, p.GuardianForm, p.GuardianAgreedBy = now, linkID, form, by
	return p.agreed(rules, now), nil
}

// OfficerAgrees notes the yes of another officer than who proposed and than who recorded
// the guardian's: the database compares persons, and refuses.
func (p Pairing) OfficerAgrees(by string, rules PairingRules, now time.Time) (Pairing, error) {
	if err := p.asked(p.OfficerAgreedAt); err != nil {
		return p, err
	}
	if by == p.ProposedBy || by == p.GuardianAgreedBy || by == p.VolunteerID {
		return p, ErrPairingPersons
	}
	p.OfficerAgreedAt, p.OfficerAgreedBy = now, by
	return p.agreed(rules, now), nil
}

func (p Pairing) asked(answeredAt time.Time) error {
	switch {
	case p.State == PairingClosed:
		return ErrNoPairing
	case p.State != PairingProposed || !answeredAt.IsZero():
		return ErrPairingAgreed
	}
	return nil
}

// agreed begins the trial once all three have agreed.
func (p Pairing) agreed(rules PairingRules, now time.Time) Pairing {
	if p.VolunteerAgreedAt.IsZero() || p.GuardianAgreedAt.IsZero() || p.OfficerAgreedAt.IsZero() {
		p.Version++
		return p
	}
	p.TrialEndsAt = now.AddDate(0, rules.TrialMonths, 0)
	return p.become(PairingTrial, now)
}

// Decline ends what was proposed, by one of those who are asked; by is empty for the
// guardian by her link.
func (p Pairing) Decline(reason, by string, now time.Time) (Pairing, error) {
	if p.State != PairingProposed {
		return p, ErrPairingMoved
	}
	return p.End(reason, by, now), nil
}
