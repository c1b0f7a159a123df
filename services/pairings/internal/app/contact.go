package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// whatContact stands in the record of openings for a contact's note.
const whatContact = "contact"

func contactPlace(contactID string) vault.Place {
	return vault.Place{Table: "contacts", Column: "sealed", Row: contactID}
}

// recordContact keeps what the companion parent of a pairing did for the child or tried
// to, from a message that her phone sealed. A contact that is kept already changes nothing; another
// body under the same id is domain.ErrContactConflict. It returns domain.ErrNoPairing for a pairing
// that is another's, domain.ErrContactOver where it was not under way then.
func (a *App) recordContact(ctx context.Context, q postgres.Querier, who auth.Principal, m openedMessage) (answer string, err error) {
	var n domain.NewContact
	d := json.NewDecoder(bytes.NewReader(m.Body))
	d.DisallowUnknownFields() // no picture, whatever it is called
	if err := d.Decode(&n); err != nil {
		return "", apperr.For("envelope", errSealed)
	}
	c, note, err := n.Contact(who.VolunteerID, a.clock.Now())
	if err != nil {
		return "", err
	}
	c.BodyIndex = a.vault.BlindIndex("contacts.body", string(m.Body))
	if kept, err := store.FindContact(ctx, q, c.ID); err == nil {
		return "", a.repeated(ctx, q, kept, c.BodyIndex, who.VolunteerID)
	} else if !errors.Is(err, domain.ErrNoContact) {
		return "", err
	}
	if err := a.keepContact(ctx, q, c, note); err != nil {
		return "", err
	}
	return "", a.judgeContacts(ctx, q, c.PairingID)
}

// repeated answers a contact that is kept already.
func (a *App) repeated(ctx context.Context, q postgres.Querier, kept domain.Contact, index []byte, volunteerID string) error {
	same, err := store.SamePerson(ctx, q, kept.VolunteerID, volunteerID)
	if err == nil && (!same || !bytes.Equal(kept.BodyIndex, index)) {
		err = domain.ErrContactConflict
	}
	return err
}

// keepContact seals and keeps a contact of the caller's pairing. Child and pairing are
// locked, in this order, so that what ends the pairing comes before it or after.
func (a *App) keepContact(ctx context.Context, q postgres.Querier, c domain.Contact, note domain.ContactNote) error {
	found, err := store.FindPairing(ctx, q, c.PairingID)
	if err != nil {
		return err
	}
	own, err := store.SamePerson(ctx, q, found.VolunteerID, c.VolunteerID)
	if err == nil && !own {
		err = domain.ErrNoPairing
	}
	if err != nil {
		return err
	}
	child, err := store.LockChild(ctx, q, found.ChildID)
	if err != nil {
		return err
	}
	p, err := store.LockPairing(ctx, q, c.PairingID)
	if err != nil {
		return err
	}
	if again, err := store.FindContact(ctx, q, c.ID); err == nil { // came while this one waited
		return a.repeated(ctx, q, again, c.BodyIndex, c.VolunteerID)
	} else if !errors.Is(err, domain.ErrNoContact) {
		return err
	}
	if !p.Takes(c.At, child.State, a.clock.Now()) {
		return domain.ErrContactOver
	}
	key, err := a.openOne(ctx, q, domain.Write, domain.Ground{Basis: domain.BasisPairing, BasisID: p.ID}, whatContact, p.ChildID)
	if err != nil {
		return err
	}
	if c.Sealed, err = sealJSON(key, contactPlace(c.ID), note); err != nil {
		return err
	}
	return store.InsertContact(ctx, q, c)
}

// MyContacts is how one of the caller's pairings stands, and what was recorded for it,
// newest first. Notes are not in it.
type MyContacts struct {
	PairingID string
	State     domain.PairingState
	domain.ContactWatch
	Contacts []domain.Contact
}

// contactsShown bounds how many contacts of a pairing are shown.
const contactsShown = 30

// ListMyContacts returns the contacts of the caller's pairings that stand, and what is due
// for them now, also when the clock has not looked yet.
func (a *App) ListMyContacts(ctx context.Context) (mine []MyContacts, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		pairings, err := store.ListMyPairings(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		pairings = slices.DeleteFunc(pairings, func(p domain.Pairing) bool { return !p.Stands() })
		ids := make([]string, len(pairings))
		for i, p := range pairings {
			ids[i] = p.ID
		}
		watches, err := store.ListWatches(ctx, q, ids)
		if err != nil {
			return err
		}
		plans, err := store.ListContactPlans(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range pairings {
			w, err := judged(ctx, q, watches[p.ID], p, plans, a.clock.Now())
			if err != nil {
				return err
			}
			contacts, err := store.ListContacts(ctx, q, []string{p.ID}, contactsShown)
			if err != nil {
				return err
			}
			mine = append(mine, MyContacts{PairingID: p.ID, State: p.State, ContactWatch: w, Contacts: contacts})
		}
		return nil
	})
	return mine, err
}
