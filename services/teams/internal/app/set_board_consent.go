package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SetBoardConsent keeps whether the name of whoever asks may stand on public
// boards (条例 art. 20), and tells all services at a change.
func (a *App) SetBoardConsent(ctx context.Context, consent bool) (Me, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Me{}, err
	}
	// What is kept for a repeat is that it was done, not the person's data.
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "putBoardConsent", consent,
		func(q postgres.Querier) (bool, error) { return true, a.setBoardConsent(ctx, q, p.VolunteerID, consent) }); err != nil {
		return Me{}, err
	}
	return a.Me(ctx)
}

func (a *App) setBoardConsent(ctx context.Context, q postgres.Querier, volunteerID string, consent bool) error {
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return err
	}
	if !v.SetBoardConsent(consent) {
		return nil
	}
	if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), volunteerChanged(v))
}
