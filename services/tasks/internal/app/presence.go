package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindPresence returns a published shift with the reader's own state there.
func (a *App) FindPresence(ctx context.Context, shiftID string) (view ShiftView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return err
		}
		views, err := a.viewShifts(ctx, q, reader, []domain.Listing{listing})
		if err != nil {
			return err
		}
		view = views[0]
		if view.Flexible() {
			view.Stretches, err = store.ListStretches(ctx, q, shiftID, reader.self)
		}
		return err
	})
	return view, err
}

// FindCode returns the shift whose key the leader's page draws codes from.
// Others get NotFound; a shift that does not take place has no code.
func (a *App) FindCode(ctx context.Context, shiftID string) (shift domain.Shift, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return err
		}
		if err := reader.atGate(ctx, q, listing, domain.ErrNotPublished); err != nil {
			return err
		}
		if err := listing.Draws(); err != nil {
			return err
		}
		shift = listing.Shift
		return nil
	})
	return shift, err
}
