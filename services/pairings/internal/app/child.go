package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// What the vault is opened for: it stands in the record of openings.
const (
	whatChild     = "child"     // a child's record
	whatDetails   = "details"   // who answers for a child, and its needs
	whatConsent   = "consent"   // a guardian's consent; her page
	whatSignature = "signature" // the picture of it
	whatLink      = "link"      // a link for the guardian
	whatWish      = "wish"      // the child's own wish
	whatExport    = "export"    // a list that leaves the house
)

// Referred is what a referral returns: how the record is called from now on.
type Referred struct {
	ChildID string
	Number  int
}

// ReferChild keeps a child that a 儿童主任, a village or a school tells of. Who it is
// is sealed under a key of the child's own, and shown again only to who has grounds.
// It returns NotFound for a region that is not the caller's, Invalid for what is
// wrong with the referral, domain.ErrChildTwice for an ID number that is known.
func (a *App) ReferChild(ctx context.Context, n domain.NewChild) (Referred, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "referChild", n, func(q postgres.Querier) (Referred, error) {
		region, who, err := authorizeReferral(ctx, q, n.RegionCode)
		if err != nil {
			return Referred{}, err
		}
		c, person, err := n.Refer(region, who.VolunteerID, a.clock.Now())
		if err != nil {
			return Referred{}, err
		}
		key, err := a.newKey(ctx, q, domain.KindChild, c.ID)
		if err != nil {
			return Referred{}, err
		}
		if c.Sealed, err = sealJSON(key, childPlace(c.ID), person); err != nil {
			return Referred{}, err
		}
		if person.IDNumber != "" {
			c.PaperIndex = a.vault.BlindIndex("child.id_number", person.IDNumber)
		}
		number, err := store.InsertChild(ctx, q, c)
		return Referred{c.ID, number}, err
	})
}

func childPlace(childID string) vault.Place {
	return vault.Place{Table: "children", Column: "sealed", Row: childID}
}

// ListedChild is a child as a list shows it: nothing says who it is.
type ListedChild struct {
	domain.Child
	RegionName string
	Mine       bool // the reader has the case
}

// childrenAtOnce bounds a page of children.
const childrenAtOnce = 50

// ListChildren returns the children in the caller's regions, newest number first,
// from below the number given (0: from the first), fifty at most. To who is no
// child-care officer anywhere it returns none.
func (a *App) ListChildren(ctx context.Context, before int) ([]ListedChild, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var listed []ListedChild
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		children, err := store.ListChildren(ctx, q, who.RegionsAs(childCare), before, childrenAtOnce)
		if err != nil {
			return err
		}
		paths := make([]string, len(children))
		for i, c := range children {
			paths[i] = c.RegionPath
		}
		names, err := store.RegionNames(ctx, q, paths)
		for _, c := range children {
			listed = append(listed, ListedChild{Child: c, RegionName: names[c.RegionPath], Mine: c.OfficerID == who.VolunteerID})
		}
		return err
	})
	return listed, err
}

// OpenedChild is a child's record as who has grounds reads it.
type OpenedChild struct {
	ListedChild
	Person domain.ChildPerson
	Ground domain.Ground // why the reader may
	RecordView
}

// OpenChild returns a child's record, and writes down that it was read before it
// does. See ground for who may.
func (a *App) OpenChild(ctx context.Context, childID string) (o OpenedChild, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, err := store.FindChild(ctx, q, childID)
		if err != nil {
			return err
		}
		if o.Ground, err = a.ground(ctx, q, c); err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, o.Ground, whatChild, c.ID)
		if err != nil {
			return err
		}
		names, err := store.RegionNames(ctx, q, []string{c.RegionPath})
		if err != nil {
			return err
		}
		o.ListedChild = ListedChild{Child: c, RegionName: names[c.RegionPath], Mine: o.Ground.Basis == domain.BasisCase}
		if err := openJSON(key, childPlace(c.ID), c.Sealed, &o.Person); err != nil {
			return err
		}
		o.RecordView, err = viewRecord(ctx, q, key, c, a.clock.Now())
		return err
	})
	if err != nil {
		return OpenedChild{}, err
	}
	a.nameRecord(ctx, &o.RecordView)
	return o, nil
}
