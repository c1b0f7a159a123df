package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

type deviceKey struct{}

// OnDevice returns ctx on behalf of somebody at a device.
func OnDevice(ctx context.Context, d domain.Device) context.Context {
	return context.WithValue(ctx, deviceKey{}, d)
}

// deviceOf returns the device that ctx was made for; empty when nobody said.
func deviceOf(ctx context.Context) domain.Device {
	d, _ := ctx.Value(deviceKey{}).(domain.Device)
	return d
}
