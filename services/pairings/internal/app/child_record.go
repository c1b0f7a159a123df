package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func circlePlace(childID string) vault.Place {
	return vault.Place{Table: "children", Column: "circle", Row: childID}
}

// SetChildDetails writes who answers for a child, where it learns and what it needs,
// for who has the case. It returns Invalid for what is wrong with the details.
func (a *App) SetChildDetails(ctx context.Context, childID string, d domain.ChildDetails) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, _, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return err
		}
		if d, err = d.Checked(); err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatDetails, c.ID)
		if err != nil {
			return err
		}
		c.Needs, c.CompanionSex, c.Version = d.Needs, d.CompanionSex, c.Version+1
		if c.Circle, err = sealJSON(key, circlePlace(c.ID), d.Circle); err != nil {
			return err
		}
		return store.UpdateChildDetails(ctx, q, c)
	})
}

// RecordView is what a child's record holds beside the referral.
type RecordView struct {
	Circle   domain.Circle
	Recorded bool // who answers for the child is there
	Consents []ConsentView
	Wish     *WishView           // nil: the child was not asked yet
	Link     *domain.ConsentLink // the newest; nil: none was made
	LinkGood bool                // it can still be answered
}

// ConsentView is a consent with what its form says.
type ConsentView struct {
	domain.Consent
	domain.ConsentForm
	Good           bool
	RecordedByName string // empty: the guardian herself
}

// WishView is a child's wish in its own words.
type WishView struct {
	domain.Wish
	Words          string
	RecordedByName string
}

// viewRecord reads what hangs on a child with its key.
func viewRecord(ctx context.Context, q postgres.Querier, key *vault.DataKey, c domain.Child, now time.Time) (v RecordView, err error) {
	if c.Circle != nil {
		v.Recorded = true
		if err := openJSON(key, circlePlace(c.ID), c.Circle, &v.Circle); err != nil {
			return v, err
		}
	}
	consents, err := store.ListConsents(ctx, q, c.ID)
	if err != nil {
		return v, err
	}
	for _, one := range consents {
		view := ConsentView{Consent: one, Good: one.Good(now)}
		if one.Sealed != nil {
			if err := openJSON(key, formPlace(one.ID), one.Sealed, &view.ConsentForm); err != nil {
				return v, err
			}
		}
		v.Consents = append(v.Consents, view)
	}
	if wish, ok, err := store.FindLastWish(ctx, q, c.ID); err != nil {
		return v, err
	} else if ok {
		var words domain.WishWords
		if err := openJSON(key, wishPlace(wish.ID), wish.Sealed, &words); err != nil {
			return v, err
		}
		v.Wish = &WishView{Wish: wish, Words: words.Words}
	}
	link, ok, err := store.FindLastConsentLink(ctx, q, c.ID)
	if ok {
		v.Link, v.LinkGood = &link, link.AnsweredAt.IsZero() && link.Usable(now) == nil
	}
	return v, err
}

// nameRecord puts names to who recorded what.
func (a *App) nameRecord(ctx context.Context, v *RecordView) {
	var ids []string
	for _, c := range v.Consents {
		if c.RecordedBy != "" {
			ids = append(ids, c.RecordedBy)
		}
	}
	if v.Wish != nil {
		ids = append(ids, v.Wish.RecordedBy)
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range v.Consents {
		if c.RecordedBy != "" {
			v.Consents[i].RecordedByName = persons[c.RecordedBy].FullName()
		}
	}
	if v.Wish != nil {
		v.Wish.RecordedByName = persons[v.Wish.RecordedBy].FullName()
	}
}

// settle brings a locked child's state in line with its consents, its wish and its pairing,
// which it closes when one of the others is gone.
func (a *App) settle(ctx context.Context, q postgres.Querier, c domain.Child, now time.Time) error {
	consents, err := store.ListConsents(ctx, q, c.ID)
	if err != nil {
		return err
	}
	consented := false
	for _, one := range consents {
		consented = consented || one.Good(now)
	}
	wish, ok, err := store.FindLastWish(ctx, q, c.ID)
	if err != nil {
		return err
	}
	wants := ok && wish.Wants
	p, err := store.LockOpenPairing(ctx, q, c.ID)
	if err != nil && !errors.Is(err, domain.ErrNoPairing) {
		return err
	}
	stands := p.Stands() && consented && wants
	if err == nil && !(consented && wants) {
		reason := domain.ClosedConsent
		if consented {
			reason = domain.ClosedWish
		}
		if err := a.writePairing(ctx, q, c, p.End(reason, "", now), p, ""); err != nil {
			return err
		}
	}
	next := c.Settle(consented, wants, stands, now)
	if next.State == c.State {
		return nil
	}
	return store.UpdateChildState(ctx, q, next)
}

func wishPlace(wishID string) vault.Place {
	return vault.Place{Table: "child_wishes", Column: "sealed", Row: wishID}
}

// NewWish is what RecordWish is given.
type NewWish struct {
	Wants           bool
	TalkedOn, Words string
}

// RecordWish keeps what a child said to who has the case. A yes, with a consent that
// is good, makes it wait for a companion parent; a no takes it off the list.
func (a *App) RecordWish(ctx context.Context, childID string, n NewWish) error {
	now := a.clock.Now()
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return err
		}
		wish, words, err := domain.NewWish(c.ID, n.Wants, n.TalkedOn, n.Words, who.VolunteerID, now)
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatWish, c.ID)
		if err != nil {
			return err
		}
		if wish.Sealed, err = sealJSON(key, wishPlace(wish.ID), words); err != nil {
			return err
		}
		if err := store.InsertWish(ctx, q, wish); err != nil {
			return err
		}
		return a.settle(ctx, q, c, now)
	})
}

// HoldChild keeps a record from being erased by the clock, with a reason without
// anybody's name; an empty one lets go. It is for who has the case.
func (a *App) HoldChild(ctx context.Context, childID, reason string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.lockCase(ctx, q, childID)
		if err != nil {
			return err
		}
		if c, err = c.Hold(reason, who.VolunteerID); err != nil {
			return err
		}
		return store.UpdateChildState(ctx, q, c)
	})
}
