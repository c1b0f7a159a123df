package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

type (
	deviceKey  struct{}
	browserKey struct{}
)

// OnDevice returns ctx on behalf of somebody at a device.
func OnDevice(ctx context.Context, d domain.Device) context.Context {
	return context.WithValue(ctx, deviceKey{}, d)
}

// InBrowser returns ctx on behalf of a browser, whoever uses it, that is known
// again by a secret of its own. An empty one is no browser's.
func InBrowser(ctx context.Context, secret string) context.Context {
	if secret == "" {
		return ctx
	}
	return context.WithValue(ctx, browserKey{}, domain.HashSecret(secret))
}

// deviceOf returns the device that ctx was made for; empty when nobody said.
func deviceOf(ctx context.Context) domain.Device {
	d, _ := ctx.Value(deviceKey{}).(domain.Device)
	return d
}

// browserOf returns what is kept of the browser's secret; empty when it has none.
func browserOf(ctx context.Context) []byte {
	hash, _ := ctx.Value(browserKey{}).([]byte)
	return hash
}
