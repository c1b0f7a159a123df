package city

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/authority"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/messages"
)

// suites are those of TLS 1.2 that authenticate what they encrypt, with keys that nobody can have
// afterwards (ASVS 12.1.2). Go would offer two with CBC and SHA-1 to whoever knows no other: no browser
// since 2014. Those of TLS 1.3, which goes before, are all good and not for us to choose.
var suites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, // HTTP/2 wants it to be there
}

func (o Options) secure() bool { return o.TLS || o.CertFile != "" || o.KeyFile != "" }

// openDoors opens the inner port, and puts TLS on the outer one when that is
// wanted. The services fetch the portal's keys by the inner port, which is
// plain HTTP on loopback: they then need to trust no authority, and a
// certificate that the operator brings need not be for 127.0.0.1.
func (r *Running) openDoors(ctx context.Context) (err error) {
	if r.portalInside, r.portalURL, err = r.openInside(ctx); err != nil {
		return err
	}
	defer func() {
		if r.options.SMS.Sends() {
			r.MessagesURL = ""
		}
	}()
	r.MessagesURL = r.portalURL + messages.Path
	at := r.listener.Addr().(*net.TCPAddr)
	here := at.IP.IsLoopback() || at.IP.IsUnspecified()
	if !r.options.secure() {
		r.URL = "http://" + at.String()
		r.MessagesURL = r.URL + messages.Path
		return nil
	}
	var certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)
	if r.options.CertFile != "" || r.options.KeyFile != "" {
		certificate, err = r.takeCertificate(at.Port)
	} else {
		certificate, err = r.makeCertificate(at, here)
	}
	if err != nil {
		return err
	}
	r.listener = tls.NewListener(r.listener, &tls.Config{
		MinVersion: tls.VersionTLS12, CipherSuites: suites, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: certificate,
	})
	return nil
}

// makeCertificate has our own authority make one.
func (r *Running) makeCertificate(at *net.TCPAddr, here bool) (func(*tls.ClientHelloInfo) (*tls.Certificate, error), error) {
	names, err := authority.OfThisComputer(r.options.siteHost())
	if err != nil {
		return nil, err
	}
	a, err := authority.Open(r.folder.Join("tls"), names, time.Now)
	if err != nil {
		return nil, err
	}
	if host := r.options.siteHost(); host != "" && !a.SpeaksFor(host) {
		return nil, fmt.Errorf("自己的证书机构只能用于内网：%[1]s 不是内网的名字。请用 .lan、.internal 结尾的名字或内网 IP，或者用 --tls-cert 和 --tls-key 给出证书。\n"+
			"The authority of our own speaks for private networks only, and %[1]s is not in one. Take a name that ends with .lan or .internal, or a private address, or give a certificate by --tls-cert and --tls-key", host)
	}
	r.Authority = a
	if here {
		r.URL = address(loopback, at.Port)
		r.MessagesURL = r.URL + messages.Path
	} else {
		r.URL = address(at.IP.String(), at.Port)
	}
	if at.IP.IsUnspecified() {
		for _, ip := range names.Private() {
			r.Elsewhere = append(r.Elsewhere, address(ip.String(), at.Port))
		}
	}
	return a.Certificate, nil
}

// takeCertificate uses the operator's own. Browsers accept it only under its
// names, so the page of messages is shown at the inner port.
func (r *Running) takeCertificate(port int) (func(*tls.ClientHelloInfo) (*tls.Certificate, error), error) {
	g, err := authority.OpenGiven(r.options.CertFile, r.options.KeyFile, time.Now())
	if err != nil {
		return nil, err
	}
	r.URL = address(loopback, port)
	if len(g.Names) > 0 {
		r.URL = address(g.Names[0], port)
	}
	return g.Certificate, nil
}

// siteHost is the name in the address by which people come; empty for none.
func (o Options) siteHost() string {
	if site, err := url.Parse(o.SiteURL); err == nil {
		return site.Hostname()
	}
	return ""
}

func address(host string, port int) string {
	if port == 443 {
		return "https://" + host
	}
	return "https://" + net.JoinHostPort(host, strconv.Itoa(port))
}
