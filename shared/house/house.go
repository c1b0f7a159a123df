// Package house knows the names and addresses that only networks of one's own
// have: nobody else on the internet can be called so.
package house

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// domains are names that no public site can have: RFC 6761, 6762 and 8375, and
// .internal and .lan, which are kept for private use.
var domains = []string{"localhost", "local", "lan", "internal", "home.arpa"}

// networks are loopback and the private networks (RFC 1918, 4193).
var networks = []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"}

// Domains returns how names in the house end, without a dot before them.
func Domains() []string { return slices.Clone(domains) }

// Networks returns the networks of the house.
func Networks() []*net.IPNet {
	all := make([]*net.IPNet, len(networks))
	for i, text := range networks {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			panic(err) // the list above is constant
		}
		all[i] = network
	}
	return all
}

// Has reports whether a host, without its port, is this computer or in a network
// of one's own: by its address, by how its name ends, or by having no dot in it.
func Has(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return !strings.Contains(host, ".") || slices.ContainsFunc(domains, func(end string) bool { return strings.HasSuffix(host, "."+end) })
}
