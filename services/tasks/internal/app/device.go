package app

import (
	"bytes"
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RegisterDevice keeps the key with which the reader's phone signs what it
// sees without network, and how far its clock is off; doing so again renews
// the latter. A device id that is somebody else's, or has another key, is
// domain.ErrForeignDevice.
func (a *App) RegisterDevice(ctx context.Context, deviceID string, key []byte, phoneTime time.Time) (device domain.Device, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Device{}, err
	}
	device, err = domain.NewDevice(deviceID, p.VolunteerID, key, phoneTime, a.clock.Now())
	if err != nil {
		return domain.Device{}, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		known, err := store.LockDevices(ctx, q, []string{deviceID})
		if err != nil {
			return err
		}
		if had, ok := known[deviceID]; ok {
			if had.VolunteerID != p.VolunteerID || !bytes.Equal(had.PublicKey, key) {
				return domain.ErrForeignDevice
			}
			device.FirstSeenAt, device.Counter = had.FirstSeenAt, had.Counter
		}
		return store.UpsertDevice(ctx, q, device)
	})
	return device, err
}
