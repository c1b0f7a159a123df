// Package authority gives a city the certificate with which it speaks HTTPS to
// other computers and to phones.
//
// Without a certificate of the operator's own it makes a small authority in
// the data folder, once, and has it sign a certificate for this computer:
//
//	ca.pem        the authority, valid ten years: to be installed on the phones
//	ca-key.pem    its key
//	server.pem    this computer's certificate, valid 90 days, made anew when
//	              30 are left or when the computer's names have changed
//	server-key.pem
//
// Whoever installs an authority trusts it with every site. This one binds
// itself: it may only speak for private addresses and for names that mean
// something in a house network (name constraints, RFC 5280, 4.2.1.10). With a
// stolen ca-key.pem nobody can pass for a bank.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/shared/house"
)

const (
	authorityLife = 10 * 365 * 24 * time.Hour
	serverLife    = 90 * 24 * time.Hour
	renewBefore   = 30 * 24 * time.Hour
	slack         = time.Hour // phones whose clock is slow
)

// Authority signs this computer's certificate.
type Authority struct {
	File        string // the authority's certificate
	Fingerprint string // its SHA-256, as phones and browsers show it

	dir   string
	names Names
	now   func() time.Time
	self  pair

	mu     sync.Mutex
	server pair
}

// Open finds the authority in dir, or makes it, and has a certificate for the
// names ready.
func Open(dir string, names Names, now func() time.Time) (*Authority, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for certificates: %w", err)
	}
	a := &Authority{File: filepath.Join(dir, "ca.pem"), dir: dir, now: now}
	var err error
	a.self, err = readPair(dir, "ca")
	if errors.Is(err, fs.ErrNotExist) {
		a.self, err = a.found(names)
	}
	if err != nil {
		return nil, err
	}
	if now().After(a.self.leaf.NotAfter) {
		return nil, fmt.Errorf("证书机构 %[1]s 已过期。删除文件夹 %[2]s 后重新启动，会建立新的机构。\n"+
			"The authority %[1]s has expired. Remove the folder %[2]s and start again, and a new one is made", a.File, dir)
	}
	a.names = names.allowedBy(a.self.leaf)
	a.Fingerprint = fingerprint(a.self.leaf)
	_, err = a.Certificate(nil)
	return a, err
}

// Certificate returns this computer's certificate for a handshake. It is
// renewed here and not only at the start, so that a city may run for years.
func (a *Authority) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.serves(a.server.leaf) {
		return &a.server.Certificate, nil
	}
	found, err := readPair(a.dir, "server")
	if err != nil || !a.serves(found.leaf) {
		if found, err = a.issue(); err != nil {
			return nil, err
		}
	}
	a.server = found
	return &a.server.Certificate, nil
}

// SpeaksFor reports whether this computer's certificate is for a name or an address.
func (a *Authority) SpeaksFor(host string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.server.leaf.VerifyHostname(host) == nil
}

// serves reports whether the certificate is ours, for all our names, and good for a while.
func (a *Authority) serves(c *x509.Certificate) bool {
	return c != nil && c.CheckSignatureFrom(a.self.leaf) == nil && a.names.areOf(c) && a.now().Add(renewBefore).Before(c.NotAfter)
}

// found makes the authority.
func (a *Authority) found(names Names) (pair, error) {
	t := &x509.Certificate{
		Subject:        pkix.Name{CommonName: "淇河志愿 Qihe " + names.host(), Organization: []string{"Qihe"}},
		IsCA:           true,
		KeyUsage:       x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		MaxPathLenZero: true, BasicConstraintsValid: true,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: house.Domains(), PermittedIPRanges: house.Networks(),
	}
	if host := names.host(); host != "" {
		t.PermittedDNSDomains = append(t.PermittedDNSDomains, host)
	}
	return a.make("ca", t, authorityLife, nil)
}

// issue makes a certificate for this computer.
func (a *Authority) issue() (pair, error) {
	return a.make("server", &x509.Certificate{
		Subject:  pkix.Name{CommonName: "Qihe " + a.names.host()},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		DNSNames:              a.names.DNS, IPAddresses: a.names.IPs,
	}, serverLife, &a.self)
}

// make makes a key and its certificate, signed by the issuer or by itself, and keeps both.
func (a *Authority) make(name string, t *x509.Certificate, life time.Duration, issuer *pair) (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, fmt.Errorf("make key of %s: %w", name, err)
	}
	if t.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)); err != nil {
		return pair{}, fmt.Errorf("make number of %s: %w", name, err)
	}
	t.NotBefore, t.NotAfter = a.now().Add(-slack), a.now().Add(life)
	if issuer == nil {
		issuer = &pair{leaf: t}
		issuer.PrivateKey = key
	} else if t.NotAfter.After(issuer.leaf.NotAfter) {
		t.NotAfter = issuer.leaf.NotAfter
	}
	der, err := x509.CreateCertificate(rand.Reader, t, issuer.leaf, key.Public(), issuer.PrivateKey)
	if err != nil {
		return pair{}, fmt.Errorf("sign certificate %s: %w", name, err)
	}
	if err := writePair(a.dir, name, der, key); err != nil {
		return pair{}, err
	}
	return readPair(a.dir, name)
}

func fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return strings.TrimSuffix(strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":"), ":")
}
