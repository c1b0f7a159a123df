package sms

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Codes go open over no line but one's own.
func TestPlain(t *testing.T) {
	t.Parallel()
	for address, taken := range map[string]bool{
		"https://sms.example.cn/send": true, "http://127.0.0.1:8000": true, "http://192.168.1.9/send": true, "http://[fd00::1]/": true, "http://modem": true, "http://sms.lan": true,
		"http://sms.example.cn/send": false, "http://203.0.113.9": false, "http://[2001:db8::1]/": false, "http://lan.example.cn": false,
	} {
		for _, s := range []Settings{
			{Gateway: "http", URL: address, Body: `{}`},
			{Gateway: "aliyun", URL: address, KeyID: "id", KeySecret: "secret", SignName: "鹤壁市妇联", Templates: map[string]string{"code": "SMS_1"}},
		} {
			if _, err := Choose(s, clock.System{}, slog.New(slog.DiscardHandler)); (err == nil) != taken {
				t.Errorf("%s to %s: %v", s.Gateway, address, err)
			}
			s.Plain = true
			if _, err := Choose(s, clock.System{}, slog.New(slog.DiscardHandler)); err != nil {
				t.Errorf("control: %s to %s, on a line of one's own: %v", s.Gateway, address, err)
			}
		}
	}
}

// Whoever stands in the gateway's place without its certificate gets no code.
func TestForeignCertificate(t *testing.T) {
	t.Parallel()
	asked := false
	gateway := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked = true
		_, _ = io.WriteString(w, `{"status": 0}`)
	}))
	gateway.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	gateway.StartTLS()
	t.Cleanup(gateway.Close)
	to := httpAt(t, gateway.URL)
	var stranger x509.UnknownAuthorityError
	if err := to.Send(t.Context(), number, Code("012345")); !errors.As(err, &stranger) || asked {
		t.Errorf("a certificate of nobody: %v, asked %t", err, asked)
	}
	to.caller.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // the control
	if err := to.Send(t.Context(), number, Code("012345")); err != nil || !asked {
		t.Errorf("control: without looking at it the code is sent: %v, asked %t", err, asked)
	}
}
