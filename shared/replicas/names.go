package replicas

import (
	"context"
	"net"
	"net/url"
	"time"
)

// lookDue finds what stands behind the addresses when that is due: before the
// first request, which waits for it, and later beside them. The caller holds mu.
func (t *Transport) lookDue(ctx context.Context) {
	if t.looking || time.Since(t.looked) < lookEvery {
		return
	}
	if t.known == nil {
		t.known = t.become(t.find(ctx))
		t.looked = time.Now()
		return
	}
	t.looking = true
	go func() {
		found := t.find(context.WithoutCancel(ctx))
		t.mu.Lock()
		defer t.mu.Unlock()
		t.known, t.looking, t.looked = t.become(found), false, time.Now()
	}()
}

// become returns the replicas at the hosts; those that are known stay as they are.
// The caller holds mu.
func (t *Transport) become(hosts []string) []*replica {
	was := map[string]*replica{}
	for _, r := range t.known {
		was[r.host] = r
	}
	now := make([]*replica, 0, len(hosts))
	seen := map[string]bool{}
	for _, host := range hosts {
		if seen[host] {
			continue
		}
		seen[host] = true
		if was[host] == nil {
			was[host] = &replica{host: host}
		}
		now = append(now, was[host])
	}
	return now
}

// find returns the hosts that stand behind the addresses. A name that is that of
// one, or that cannot be looked up now, stays a name. So does every name by HTTPS:
// certificates are of names.
func (t *Transport) find(ctx context.Context) (hosts []string) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	for _, a := range t.addresses {
		hosts = append(hosts, t.behind(ctx, a)...)
	}
	return hosts
}

func (t *Transport) behind(ctx context.Context, a *url.URL) []string {
	if a.Scheme != "http" || net.ParseIP(a.Hostname()) != nil {
		return []string{a.Host}
	}
	addresses, err := t.lookUp(ctx, "ip4", a.Hostname())
	if err != nil || len(addresses) == 0 {
		addresses, err = t.lookUp(ctx, "ip6", a.Hostname())
	}
	if err != nil || len(addresses) < 2 {
		return []string{a.Host}
	}
	port := a.Port()
	if port == "" {
		port = "80"
	}
	hosts := make([]string, len(addresses))
	for i, address := range addresses {
		hosts[i] = net.JoinHostPort(address, port)
	}
	return hosts
}

// addressesOf asks the system.
func addressesOf(ctx context.Context, network, host string) ([]string, error) {
	found, err := net.DefaultResolver.LookupNetIP(ctx, network, host)
	if err != nil {
		return nil, err
	}
	addresses := make([]string, len(found))
	for i, ip := range found {
		addresses[i] = ip.Unmap().String()
	}
	return addresses, nil
}
