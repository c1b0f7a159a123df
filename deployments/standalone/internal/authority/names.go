package authority

import (
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Names are what this computer is called by those who visit it.
type Names struct {
	DNS []string // localhost first, then the host's own name
	IPs []net.IP // loopback first, then its addresses in private networks
}

var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}\.?)*[a-z0-9]$`)

// OfThisComputer returns what this computer is called in its networks, and by
// others, if they are names.
func OfThisComputer(others ...string) (Names, error) {
	n := Names{DNS: []string{"localhost"}, IPs: []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback}}
	if host, err := os.Hostname(); err == nil {
		if host = strings.ToLower(host); len(host) <= 253 && hostName.MatchString(host) && host != "localhost" {
			n.DNS = append(n.DNS, host)
		}
	}
	for _, name := range others {
		if name = strings.ToLower(name); hostName.MatchString(name) && net.ParseIP(name) == nil && !slices.Contains(n.DNS, name) {
			n.DNS = append(n.DNS, name)
		}
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return n, fmt.Errorf("look for this computer's addresses: %w", err)
	}
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok && network.IP.IsPrivate() {
			n.IPs = append(n.IPs, network.IP)
		}
	}
	return n, nil
}

// Private returns the addresses in private networks, where other computers find this one.
func (n Names) Private() (ips []net.IP) {
	for _, ip := range n.IPs {
		if ip.IsPrivate() {
			ips = append(ips, ip)
		}
	}
	return ips
}

// host is the computer's own name, or nothing.
func (n Names) host() string {
	if len(n.DNS) < 2 {
		return ""
	}
	return n.DNS[1]
}

// areOf reports whether the certificate is for exactly these names.
func (n Names) areOf(c *x509.Certificate) bool {
	return slices.Equal(n.DNS, c.DNSNames) && slices.EqualFunc(n.IPs, c.IPAddresses, net.IP.Equal)
}

// allowedBy leaves out what the authority may not speak for: the computer has
// got another name since.
func (n Names) allowedBy(ca *x509.Certificate) Names {
	n.DNS = slices.DeleteFunc(slices.Clone(n.DNS), func(name string) bool {
		return !slices.ContainsFunc(ca.PermittedDNSDomains, func(domain string) bool {
			return name == domain || strings.HasSuffix(name, "."+domain)
		})
	})
	return n
}
