package given

import (
	"context"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PhoneChange gives a person a new number, for which another vouched. It can be
// taken back for a week.
func (w *World) PhoneChange(t testing.TB, v, by domain.Volunteer, phone domain.Phone) domain.PhoneChange {
	t.Helper()
	now := w.Clock.Now()
	change := domain.NewPhoneChange(v.ID, by.ID, phone, store.PhoneIndex(w.Vault, phone), now)
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		if err := store.InsertPhoneChange(ctx, q, change); err != nil {
			return err
		}
		change.Do(&v, phone, 7*24*time.Hour, now)
		if err := store.UpdateVolunteer(ctx, q, w.Vault, v); err != nil {
			return err
		}
		return store.UpdatePhoneChange(ctx, q, w.Vault, change)
	})
	return change
}
