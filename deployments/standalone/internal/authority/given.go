package authority

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// Given is a certificate that the operator brings along.
type Given struct {
	Names []string // it is for; may be empty, when it is for addresses only

	certFile, keyFile string

	mu     sync.Mutex
	loaded pair
	since  time.Time // the file's time when it was read
}

// OpenGiven reads a certificate with its chain, and its key, both as PEM.
func OpenGiven(certFile, keyFile string, now time.Time) (*Given, error) {
	g := &Given{certFile: certFile, keyFile: keyFile}
	if err := g.load(); err != nil {
		return nil, err
	}
	if until := g.loaded.leaf.NotAfter; now.After(until) {
		return nil, fmt.Errorf("证书 %[1]s 已于 %[2]s 过期，请换一张新的。\nThe certificate %[1]s expired on %[2]s: get a new one", certFile, until.Format(time.DateOnly))
	}
	g.Names = g.loaded.leaf.DNSNames
	for _, ip := range g.loaded.leaf.IPAddresses {
		g.Names = append(g.Names, ip.String())
	}
	return g, nil
}

// Certificate returns the certificate for a handshake. When its file has been
// replaced, as whoever renews it does, the new one is taken; one that cannot be
// read, because only half of it is there yet, is left for the next handshake.
func (g *Given) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if info, err := os.Stat(g.certFile); err == nil && !info.ModTime().Equal(g.since) {
		_ = g.load() // the old one is better than none
	}
	certificate := g.loaded.Certificate
	return &certificate, nil
}

func (g *Given) load() error {
	info, err := os.Stat(g.certFile)
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	loaded, err := loadPair(g.certFile, g.keyFile)
	if err != nil {
		return err
	}
	g.loaded, g.since = loaded, info.ModTime()
	return nil
}
