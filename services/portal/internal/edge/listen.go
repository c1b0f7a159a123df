package edge

import (
	"context"
	"fmt"
	"net"
	"net/netip"
)

// Listen opens the address. Without HTTPS it must be one that only this
// computer reaches: browsers keep our cookie, and a passer-by must not read it.
func Listen(ctx context.Context, address string, https bool) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	ip, err := netip.ParseAddr(host)
	loopback := host == "localhost" || err == nil && ip.IsLoopback()
	if !loopback && !https {
		return nil, fmt.Errorf("listen on %s: only 127.0.0.1 may be served without HTTPS; put a proxy that speaks HTTPS in front and set PORTAL_HTTPS=true", address)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}
