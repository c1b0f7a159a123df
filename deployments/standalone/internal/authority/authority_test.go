package authority_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/authority"
)

const day = 24 * time.Hour

var house = authority.Names{DNS: []string{"localhost", "hebi-office"}, IPs: []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback, net.IPv4(192, 168, 1, 5).To4()}}

// office is an authority in a folder, at a time that the test chooses.
type office struct {
	t   *testing.T
	dir string
	now time.Time
}

func newOffice(t *testing.T) *office {
	return &office{t: t, dir: filepath.Join(t.TempDir(), "tls"), now: time.Now()}
}

func (o *office) open(names authority.Names) *authority.Authority {
	o.t.Helper()
	a, err := authority.Open(o.dir, names, func() time.Time { return o.now })
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

func leaf(t *testing.T, a *authority.Authority) *x509.Certificate {
	t.Helper()
	c, err := a.Certificate(nil)
	if err != nil {
		t.Fatal(err)
	}
	return c.Leaf
}

func (o *office) roots() *x509.CertPool {
	o.t.Helper()
	text, err := os.ReadFile(filepath.Join(o.dir, "ca.pem"))
	pool := x509.NewCertPool()
	if err != nil || !pool.AppendCertsFromPEM(text) {
		o.t.Fatalf("read ca.pem: %v", err)
	}
	return pool
}

func TestAuthority(t *testing.T) {
	t.Parallel()
	t.Run("its certificate is good for this computer's names and no others", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		c := leaf(t, o.open(house))
		for name, good := range map[string]bool{
			"localhost": true, "127.0.0.1": true, "::1": true, "hebi-office": true, "192.168.1.5": true,
			"192.168.1.6": false, "example.com": false,
		} {
			_, err := c.Verify(x509.VerifyOptions{Roots: o.roots(), DNSName: name, CurrentTime: o.now})
			if (err == nil) != good {
				t.Errorf("%s: %v", name, err)
			}
		}
		if c.PublicKey.(*ecdsa.PublicKey).Curve != elliptic.P256() || c.NotAfter.Sub(o.now).Round(day) != 90*day {
			t.Errorf("key %T until %s", c.PublicKey, c.NotAfter)
		}
	})
	t.Run("only its owner can read its files", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.open(house)
		for name, want := range map[string]os.FileMode{"": 0o700, "ca.pem": 0o600, "ca-key.pem": 0o600, "server.pem": 0o600, "server-key.pem": 0o600} {
			info, err := os.Stat(filepath.Join(o.dir, name))
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v %v", name, info.Mode(), err)
			}
		}
		if err := os.Chmod(filepath.Join(o.dir, "ca-key.pem"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := authority.Open(o.dir, house, time.Now); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("a key that others may read: %v", err)
		}
	})
	t.Run("with its stolen key nobody can pass for a public site", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.open(house)
		stolen, err := tls.LoadX509KeyPair(filepath.Join(o.dir, "ca.pem"), filepath.Join(o.dir, "ca-key.pem"))
		if err != nil {
			t.Fatal(err)
		}
		for name, forged := range map[string]*x509.Certificate{
			"example.com": {DNSNames: []string{"example.com"}},
			"8.8.8.8":     {IPAddresses: []net.IP{net.IPv4(8, 8, 8, 8).To4()}},
		} {
			forged.SerialNumber, forged.NotBefore, forged.NotAfter = big.NewInt(1), o.now.Add(-day), o.now.Add(day)
			der, err := x509.CreateCertificate(rand.Reader, forged, stolen.Leaf, stolen.PrivateKey.(*ecdsa.PrivateKey).Public(), stolen.PrivateKey)
			if err != nil {
				t.Fatal(err)
			}
			c, err := x509.ParseCertificate(der)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Verify(x509.VerifyOptions{Roots: o.roots(), DNSName: name}); err == nil || !strings.Contains(err.Error(), "not permitted") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("it stays for ten years, and is found again", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		first := o.open(house)
		o.now = o.now.Add(3649 * day)
		second := o.open(house)
		if diff := cmp.Diff(first.Fingerprint, second.Fingerprint); diff != "" || len(first.Fingerprint) != 95 {
			t.Error(diff)
		}
		if until := leaf(t, second).NotAfter; until.Sub(o.now) > 2*day {
			t.Errorf("the server's certificate outlives its authority: %s", until)
		}
		o.now = o.now.Add(2 * day)
		if _, err := authority.Open(o.dir, house, func() time.Time { return o.now }); err == nil || !strings.Contains(err.Error(), "已过期") {
			t.Errorf("an expired authority: %v", err)
		}
	})
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		later   time.Duration
		names   authority.Names
		renewed bool
	}{
		"with 31 days left the certificate stays":              {59 * day, house, false},
		"with 29 days left it is made anew":                    {61 * day, house, true},
		"with another address of the computer it is made anew": {day, authority.Names{DNS: house.DNS, IPs: house.IPs[:2]}, true},
		"a new name of the computer, which the authority may not speak for, is left out": {
			day, authority.Names{DNS: []string{"localhost", "other.example"}, IPs: house.IPs}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			before := leaf(t, o.open(house))
			o.now = o.now.Add(c.later)
			after := leaf(t, o.open(c.names))
			if before.Equal(after) == c.renewed {
				t.Errorf("renewed: %v", !c.renewed)
			}
			if _, err := after.Verify(x509.VerifyOptions{Roots: o.roots(), DNSName: "localhost", CurrentTime: o.now}); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("it is made anew while the city runs", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		a := o.open(house)
		before := leaf(t, a)
		o.now = o.now.Add(61 * day)
		if leaf(t, a).Equal(before) {
			t.Error("the old one is shown")
		}
	})
}

func TestGiven(t *testing.T) {
	t.Parallel()
	t.Run("a replaced file is taken without a restart", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.open(house)
		certFile, keyFile := filepath.Join(o.dir, "server.pem"), filepath.Join(o.dir, "server-key.pem")
		g, err := authority.OpenGiven(certFile, keyFile, o.now)
		if err != nil {
			t.Fatal(err)
		}
		if g.Names[1] != "hebi-office" {
			t.Errorf("names = %v", g.Names)
		}
		before, err := g.Certificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(61 * day)
		o.open(house) // renews the files
		later := time.Now().Add(time.Minute)
		if err := os.Chtimes(certFile, later, later); err != nil { // however coarse the file system's clock is
			t.Fatal(err)
		}
		after, err := g.Certificate(nil)
		if err != nil || after.Leaf.Equal(before.Leaf) {
			t.Errorf("the old certificate is shown: %v", err)
		}
	})
	t.Run("an expired one is refused", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.open(house)
		_, err := authority.OpenGiven(filepath.Join(o.dir, "server.pem"), filepath.Join(o.dir, "server-key.pem"), o.now.Add(91*day))
		if err == nil || !strings.Contains(err.Error(), "过期") {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a key that belongs to another certificate is refused", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.open(house)
		if _, err := authority.OpenGiven(filepath.Join(o.dir, "server.pem"), filepath.Join(o.dir, "ca-key.pem"), o.now); err == nil {
			t.Error("taken")
		}
	})
}

func TestOfThisComputer(t *testing.T) {
	t.Parallel()
	n, err := authority.OfThisComputer()
	if err != nil {
		t.Fatal(err)
	}
	if n.DNS[0] != "localhost" || !n.IPs[0].IsLoopback() || !n.IPs[1].IsLoopback() {
		t.Errorf("names = %v", n)
	}
	for _, ip := range n.Private() {
		if !ip.IsPrivate() {
			t.Errorf("%s is no private address", ip)
		}
	}
}
