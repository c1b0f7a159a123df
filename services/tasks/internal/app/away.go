package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TellAway keeps what the reader's phone found after a claim of their own: that
// it is far from the place (domain/away.go). It returns ErrNoPlaceConsent when
// they do not consent, and NotFound for another's claim or one of some time ago.
// Telling it twice changes nothing, so no answer is kept for a repeat: that
// would be another place where it stands.
func (a *App) TellAway(ctx context.Context, claimID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, err := auth.From(ctx)
		if err != nil {
			return err
		}
		consents, err := store.LockPlaceConsent(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		if !consents {
			return domain.ErrNoPlaceConsent
		}
		self, err := store.FindPerson(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		now := a.clock.Now()
		attendanceID, err := store.FindPlacedAttendance(ctx, q, claimID, self, domain.AwaySince(now))
		if err != nil {
			return err
		}
		return store.InsertAway(ctx, q, attendanceID, p.VolunteerID, now)
	})
}

// forgetPlaces is the duty that deletes what phones told as soon as nobody needs it.
func (a *App) forgetPlaces(ctx context.Context) error {
	var has bool
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		has, err = store.HasAways(ctx, q)
		return err
	})
	if err != nil || !has {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		return store.DeleteSettledAways(ctx, q, a.clock.Now().Add(-domain.AwayLife))
	})
}
