package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NamedOpening is a line of the record of openings with who it was.
type NamedOpening struct {
	domain.Opening
	PersonName string
	Reason     string // of the purpose it rests on; empty for a case
}

// openingsAtOnce bounds an answer of ListOpenings.
const openingsAtOnce = 200

// ListOpenings returns who opened a child's record and on what grounds, newest
// first. It is for child-care officers and administrators of its region, also after
// the child was erased; others get NotFound.
func (a *App) ListOpenings(ctx context.Context, childID string) ([]NamedOpening, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var openings []domain.Opening
	reasons := map[string]string{}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		c, err := store.FindChild(ctx, q, childID)
		if err != nil {
			return err
		}
		if !supervises(who, c.RegionPath) {
			return domain.ErrNoChild
		}
		if openings, err = store.ListOpenings(ctx, q, childID, openingsAtOnce); err != nil {
			return err
		}
		if !looksAfter(who, c.RegionPath) {
			openings = withoutConcerns(openings)
		}
		reasons, err = store.PurposeReasons(ctx, q, childID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.nameOpenings(ctx, openings, reasons), nil
}

// ListCompanionOpenings returns who opened a companion parent's record, newest first:
// for that volunteer, and for child-care officers and administrators of the region.
// Others get NotFound.
func (a *App) ListCompanionOpenings(ctx context.Context, companionID string) ([]NamedOpening, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var openings []domain.Opening
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		c, err := store.FindCompanion(ctx, q, companionID)
		if err != nil {
			return err
		}
		if c.VolunteerID != who.VolunteerID && !supervises(who, c.RegionPath) {
			return domain.ErrNoCompanion
		}
		if openings, err = store.ListOpenings(ctx, q, companionID, openingsAtOnce); !looksAfter(who, c.RegionPath) {
			openings = withoutConcerns(openings)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.nameOpenings(ctx, openings, nil), nil
}

// withoutConcerns leaves out what was read because of a concern: whoever may not know of
// concerns must not learn of one by that, a guardian least of all (ADR 74).
func withoutConcerns(openings []domain.Opening) []domain.Opening {
	return slices.DeleteFunc(openings, func(o domain.Opening) bool { return o.Basis == domain.BasisConcern })
}

// nameOpenings puts names to openings. One by a guardian's link has none.
func (a *App) nameOpenings(ctx context.Context, openings []domain.Opening, reasons map[string]string) []NamedOpening {
	var ids []string
	for _, o := range openings {
		if o.PersonID != "" {
			ids = append(ids, o.PersonID)
		}
	}
	persons := a.people.Find(ctx, ids)
	named := make([]NamedOpening, len(openings))
	for i, o := range openings {
		named[i] = NamedOpening{Opening: o, Reason: reasons[o.BasisID]}
		if o.PersonID != "" {
			named[i].PersonName = persons[o.PersonID].FullName()
		}
	}
	return named
}
