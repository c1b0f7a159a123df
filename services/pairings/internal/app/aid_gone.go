package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// endAidOfErased ends the open cases of helpers whose account is erased, under any of
// their records, and tells who has the family's case, who finds somebody else.
func (a *App) endAidOfErased(ctx context.Context, q postgres.Querier, events []teamsv1.VolunteerChanged) error {
	var gone []string
	for _, e := range events {
		if e.Erased {
			gone = append(gone, e.VolunteerID)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	families, err := store.ListFamiliesHelpedBy(ctx, q, gone)
	if err != nil {
		return err
	}
	for _, householdID := range families { // the family's row before the case, as everywhere
		h, err := store.LockHousehold(ctx, q, householdID)
		if err != nil {
			return err
		}
		c, err := store.LockOpenAidCase(ctx, q, h.ID)
		if err != nil {
			return err
		}
		if err := store.UpdateAidCase(ctx, q, c.Fell("helper_left", "", a.clock.Now())); err != nil {
			return err
		}
		if err := a.tellAid(ctx, q, pairingsv1.NoticeAidHelperGone, c, nil, h.OfficerID); err != nil {
			return err
		}
	}
	return nil
}
