package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const day = 24 * time.Hour

// Tidy removes codes that no limit looks back at any more and sessions whose time
// was up a month ago, notices of half a year and text messages of a month,
// and rosters that nobody confirmed in a week. It is called now and then.
func (a *App) Tidy(ctx context.Context) error {
	now := a.clock.Now()
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.DeleteSignInCodes(ctx, q, now.Add(-2*day)); err != nil {
			return err
		}
		if err := store.DeleteSessions(ctx, q, now.Add(-30*day)); err != nil {
			return err
		}
		if err := store.DeleteTextMessages(ctx, q, now.Add(-30*day)); err != nil {
			return err
		}
		if err := store.DeleteChallenges(ctx, q, now.Add(-day)); err != nil {
			return err
		}
		if err := store.DeleteClaimLinks(ctx, q, now.Add(-30*day)); err != nil {
			return err
		}
		if err := store.ForgetPhonesBefore(ctx, q, now); err != nil {
			return err
		}
		if err := store.DeleteUnusedPINs(ctx, q, now.Add(-domain.OnPhoneLife)); err != nil {
			return err
		}
		if err := a.endOldImports(ctx, q, now); err != nil {
			return err
		}
		return store.DeleteNotices(ctx, q, now.Add(-domain.NoticeLife))
	})
}
