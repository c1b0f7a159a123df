package given

import (
	"context"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Session begins a session of a person, without the code that it takes to.
func (w *World) Session(t testing.TB, v domain.Volunteer) auth.Principal {
	t.Helper()
	s, _ := domain.NewSession(v.ID, domain.BegunByCode, "android wechat", w.Clock.Now())
	w.InTx(t, func(q postgres.Querier) error { return store.InsertSession(t.Context(), q, s) })
	return auth.Principal{VolunteerID: v.ID, SessionID: s.ID}
}

// OnPhone keeps a person on the shared phone of a browser, under a PIN that
// nobody knows.
func (w *World) OnPhone(t testing.TB, browser string, v domain.Volunteer) {
	t.Helper()
	phone := domain.NewSharedPhone(domain.HashSecret(browser), v.ID, w.Clock.Now())
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		if fresh, err := store.InsertSharedPhone(ctx, q, phone); err != nil {
			return err
		} else if !fresh {
			if phone, err = store.FindSharedPhone(ctx, q, phone.BrowserHash); err != nil {
				return err
			}
		}
		now := w.Clock.Now()
		return store.UpsertOnPhone(ctx, q, domain.OnPhone{PhoneID: phone.ID, VolunteerID: v.ID, Salt: []byte{}, Hash: []byte{}, KeptAt: now, UsedAt: now})
	})
}
