package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// whatMicroWish is what a record is opened for to compare a wish's words with it.
const whatMicroWish = "micro_wish"

// NewMicroWish is what DraftWish is given.
type NewMicroWish struct {
	ChildID, HouseholdID string // one of the two
	Sort, Words          string
}

// DraftWish writes down a wish of a child or a family, for who has the case. Words in
// which the sealed record is found, or a number or a place, are refused at once
// (domain.ErrWishSays); what is left another officer reads before anybody else does.
func (a *App) DraftWish(ctx context.Context, n NewMicroWish) (wishID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "draftWish", n, func(q postgres.Querier) (string, error) {
		if (n.ChildID == "") == (n.HouseholdID == "") {
			return "", errWishSubject
		}
		subjectID, path, by, known, err := a.wishersWords(ctx, q, n)
		if err != nil {
			return "", err
		}
		names, err := store.RegionNames(ctx, q, domain.PlacesOf(path))
		if err != nil {
			return "", err
		}
		for _, name := range names {
			known = append(known, domain.PlaceNames(name)...)
		}
		w, err := domain.DraftWish(subjectID, path, n.Sort, n.Words, known, by, now)
		if err != nil {
			return "", err
		}
		if _, err := store.InsertMicroWish(ctx, q, w); err != nil {
			return "", err
		}
		officers, err := store.ListOfficers(ctx, q, path, []string{coordinator, childCare, administrator}, now)
		if err != nil {
			return "", err
		}
		return w.ID, a.tellWish(ctx, q, pairingsv1.NoticeWishDrafted, w, firstWithout(officers, 2, by)...)
	})
}

// wishersWords returns whose wish it is, where they live, who has the case, and what the
// sealed record says of who they are.
func (a *App) wishersWords(ctx context.Context, q postgres.Querier, n NewMicroWish) (subjectID, path, by string, known []string, err error) {
	if n.HouseholdID != "" {
		h, who, err := a.lockFamily(ctx, q, n.HouseholdID)
		if err == nil && h.State != domain.HouseholdConsented {
			err = domain.ErrFamilyConsent
		}
		if err != nil {
			return "", "", "", nil, err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatMicroWish, h.ID)
		if err != nil {
			return "", "", "", nil, err
		}
		var f domain.Family
		if err := openJSON(key, familyPlace(h.ID), h.Sealed, &f); err != nil {
			return "", "", "", nil, err
		}
		known = []string{f.Name, f.Phone, f.Address}
		for _, m := range f.Members {
			known = append(known, m.Name, m.IDNumber)
		}
		return h.ID, h.RegionPath, who.VolunteerID, known, nil
	}
	c, who, err := a.lockCase(ctx, q, n.ChildID)
	if err == nil && (c.State == domain.ChildReferred || c.State == domain.ChildWithdrawn) {
		err = domain.ErrNotConsented
	}
	if err != nil {
		return "", "", "", nil, err
	}
	key, err := a.openOne(ctx, q, domain.Write, ofCase, whatMicroWish, c.ID)
	if err != nil {
		return "", "", "", nil, err
	}
	var p domain.ChildPerson
	if err := openJSON(key, childPlace(c.ID), c.Sealed, &p); err != nil {
		return "", "", "", nil, err
	}
	known = []string{p.Name, p.IDNumber, p.Address}
	if c.Circle != nil {
		var circle domain.Circle
		if err := openJSON(key, circlePlace(c.ID), c.Circle, &circle); err != nil {
			return "", "", "", nil, err
		}
		known = append(known, circle.Guardian.Name, circle.Guardian.Phone, circle.Guardian.Place, circle.Carer.Name, circle.Carer.Phone, circle.Carer.Place, circle.School.Name)
	}
	return c.ID, c.RegionPath, who.VolunteerID, known, nil
}

// tellWish tells people something of a wish; its number is all that it says.
func (a *App) tellWish(ctx context.Context, q postgres.Querier, kind pairingsv1.NoticeKind, w domain.MicroWish, to ...string) error {
	now := a.clock.Now()
	words := map[string]string{}
	if w.State != domain.WishDrafted { // nobody has read the words yet
		words["words"] = w.Words
	}
	if !w.ClaimEnds.IsZero() {
		words["day"] = w.ClaimEnds.In(clock.City).Format(time.DateOnly)
	}
	return outbox.Append(ctx, q, now, news(kind, subject{"wish", w.ID}, now, words, to...)...)
}

// onWish locks a wish for an officer of its region with a second factor, does f to it
// and writes it.
func (a *App) onWish(ctx context.Context, wishID string, f func(w domain.MicroWish, by string) (domain.MicroWish, error)) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		w, err := store.LockMicroWish(ctx, q, wishID)
		if err != nil {
			return err
		}
		if !seesFamilies(who, w.RegionPath) {
			return domain.ErrNoWish
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		if w, err = f(w, who.VolunteerID); err != nil {
			return err
		}
		return store.UpdateMicroWish(ctx, q, w)
	})
}

// DecideWish publishes a wish whose words say nothing of who it is, or refuses it, by
// another officer of the region than who wrote it.
func (a *App) DecideWish(ctx context.Context, wishID string, publish bool) error {
	return a.onWish(ctx, wishID, func(w domain.MicroWish, by string) (domain.MicroWish, error) {
		return w.Decide(publish, by, a.clock.Now())
	})
}

// FulfilWish notes that what was wished for was received, by an officer of the region.
func (a *App) FulfilWish(ctx context.Context, wishID string) error {
	return a.onWish(ctx, wishID, func(w domain.MicroWish, by string) (domain.MicroWish, error) { return w.Fulfil(by, a.clock.Now()) })
}

// WithdrawWish takes a wish back, by an officer of the region.
func (a *App) WithdrawWish(ctx context.Context, wishID string) error {
	return a.onWish(ctx, wishID, func(w domain.MicroWish, _ string) (domain.MicroWish, error) { return w.Withdraw(a.clock.Now()) })
}

// withdrawWishesOf takes back what a child or a family wishes for whose consent is gone.
func withdrawWishesOf(ctx context.Context, q postgres.Querier, subjectID string, now time.Time) error {
	wishes, err := store.TakeWishesOf(ctx, q, subjectID)
	for _, w := range wishes {
		if err != nil {
			return err
		}
		if w, err = w.Withdraw(now); err == nil {
			err = store.UpdateMicroWish(ctx, q, w)
		}
	}
	return err
}

var errWishSubject = apperr.New(apperr.Invalid, "wish_subject", "请说明是哪个孩子或者哪个家庭的心愿。", "Please say whose wish it is: a child's or a family's.")
