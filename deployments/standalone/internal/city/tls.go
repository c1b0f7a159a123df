package city

import (
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/authority"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/messages"
)

func (o Options) secure() bool { return o.TLS || o.CertFile != "" || o.KeyFile != "" }

// openDoors opens the inner port, and puts TLS on the outer one when that is
// wanted. The services fetch the portal's keys by the inner port, which is
// plain HTTP on loopback: they then need to trust no authority, and a
// certificate that the operator brings need not be for 127.0.0.1.
func (r *Running) openDoors(ctx context.Context) (err error) {
	if r.portalInside, r.portalURL, err = r.openInside(ctx); err != nil {
		return err
	}
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
		MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: certificate,
	})
	return nil
}

// makeCertificate has our own authority make one.
func (r *Running) makeCertificate(at *net.TCPAddr, here bool) (func(*tls.ClientHelloInfo) (*tls.Certificate, error), error) {
	names, err := authority.OfThisComputer()
	if err != nil {
		return nil, err
	}
	a, err := authority.Open(r.folder.Join("tls"), names, time.Now)
	if err != nil {
		return nil, err
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

func address(host string, port int) string {
	if port == 443 {
		return "https://" + host
	}
	return "https://" + net.JoinHostPort(host, strconv.Itoa(port))
}
