package city_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// browser trusts the authority in the data folder and nobody else, and keeps cookies.
func browser(t *testing.T, data string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "tls", "ca.pem"))
	roots := x509.NewCertPool()
	if err != nil || !roots.AppendCertsFromPEM(text) {
		t.Fatalf("read ca.pem: %v", err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// ring asks, and returns the answer and its body.
func ring(t *testing.T, c *http.Client, method, url, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

func TestTLS(t *testing.T) {
	t.Parallel()
	dir := citytest.Folder(t)
	r := start(t, city.Options{Data: dir, TLS: true})
	phone := browser(t, dir)

	t.Run("who trusts the authority is served, by HTTP/2, and is told to stay with HTTPS", func(t *testing.T) {
		res, _ := ring(t, phone, http.MethodGet, r.URL+"/", "")
		if res.StatusCode != http.StatusOK || res.ProtoMajor != 2 || !strings.Contains(res.Header.Get("Strict-Transport-Security"), "max-age") {
			t.Errorf("%s %s %v", res.Proto, res.Status, res.Header)
		}
		_, port, _ := net.SplitHostPort(strings.TrimPrefix(r.URL, "https://"))
		res, _ = ring(t, phone, http.MethodGet, "https://localhost:"+port+"/", "")
		if res.StatusCode != http.StatusOK || res.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("localhost, which other programs share: %s %v", res.Status, res.Header)
		}
	})
	t.Run("who does not trust it gets nothing", func(t *testing.T) {
		other := citytest.EmptyFolder(t)
		start(t, city.Options{Data: other, TLS: true, Empty: true})
		for name, client := range map[string]*http.Client{"another authority": browser(t, other), "the system's authorities": http.DefaultClient} {
			_, err := client.Get(r.URL + "/")
			if unknown := (x509.UnknownAuthorityError{}); err == nil || !strings.Contains(err.Error(), unknown.Error()) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("old versions and old ciphers get nothing", func(t *testing.T) {
		address := strings.TrimPrefix(r.URL, "https://")
		text, err := os.ReadFile(filepath.Join(dir, "tls", "ca.pem"))
		roots := x509.NewCertPool()
		if err != nil || !roots.AppendCertsFromPEM(text) {
			t.Fatal(err)
		}
		greet := func(address string, of *tls.Config) (tls.ConnectionState, error) {
			of.RootCAs, of.ServerName = roots, "localhost"
			conn, err := (&tls.Dialer{Config: of}).DialContext(t.Context(), "tcp", address)
			if err != nil {
				return tls.ConnectionState{}, err
			}
			defer func() { _ = conn.Close() }()
			return conn.(*tls.Conn).ConnectionState(), nil
		}
		newest, err := greet(address, &tls.Config{})
		if err != nil || newest.Version != tls.VersionTLS13 {
			t.Errorf("who knows all gets %s: %v", tls.VersionName(newest.Version), err)
		}
		still, err := greet(address, &tls.Config{MaxVersion: tls.VersionTLS12})
		if err != nil || !strings.Contains(tls.CipherSuiteName(still.CipherSuite), "_GCM_") && !strings.Contains(tls.CipherSuiteName(still.CipherSuite), "CHACHA20") {
			t.Errorf("who knows 1.2 gets %s: %v", tls.CipherSuiteName(still.CipherSuite), err)
		}
		old := &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA}}
		if got, err := greet(address, old); err == nil {
			t.Errorf("an old cipher: %s", tls.CipherSuiteName(got.CipherSuite))
		}
		if got, err := greet(address, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
			t.Errorf("an old version: %s", tls.VersionName(got.Version))
		}

		given, err := tls.LoadX509KeyPair(filepath.Join(dir, "tls", "server.pem"), filepath.Join(dir, "tls", "server-key.pem"))
		if err != nil {
			t.Fatal(err)
		}
		loose, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{MinVersion: tls.VersionTLS10, Certificates: []tls.Certificate{given}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = loose.Close() })
		go func() { // shakes hands with whoever comes
			for conn, err := loose.Accept(); err == nil; conn, err = loose.Accept() {
				go func() { _ = conn.(*tls.Conn).Handshake() }()
			}
		}()
		if _, err := greet(loose.Addr().String(), old); err != nil {
			t.Errorf("control: as Go has it, the old cipher is not taken either: %v", err)
		}
		if _, err := greet(loose.Addr().String(), &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err != nil {
			t.Errorf("control: who allows old versions does not take them either: %v", err)
		}
	})
	t.Run("one signs in, and the cookie is for HTTPS only", func(t *testing.T) {
		number := r.Accounts[0].Phone
		ring(t, phone, http.MethodPost, r.URL+"/api/teams/v1/sign-in-codes", `{"phone":"`+number+`"}`)
		var code []string
		within(t, "the code appears", func() bool {
			_, page := ring(t, phone, http.MethodGet, r.MessagesURL, "")
			code = regexp.MustCompile(`(?s)` + number + `.*?验证码 (\d{6})`).FindStringSubmatch(page)
			return code != nil
		})
		res, text := ring(t, phone, http.MethodPost, r.URL+"/api/teams/v1/sessions", fmt.Sprintf(`{"phone":%q,"code":%q}`, number, code[1]))
		if set := res.Header.Get("Set-Cookie"); !strings.Contains(set, "Secure") || !strings.HasPrefix(set, "__Host-") {
			t.Errorf("cookie %q: %s", set, text)
		}
		if res, text = ring(t, phone, http.MethodGet, r.URL+"/api/teams/v1/me", ""); res.StatusCode != http.StatusOK {
			t.Errorf("me: %s %s", res.Status, text) // teams has fetched the portal's keys by the inner door
		}
	})
	t.Run("a live page gets its first event", func(t *testing.T) {
		res, err := phone.Get(r.URL + "/api/hours/v1/live")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		first := make([]byte, 1)
		if _, err := io.ReadFull(res.Body, first); err != nil || res.ProtoMajor != 2 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
			t.Errorf("%s %s %v: %v", res.Proto, res.Status, res.Header, err)
		}
	})
	t.Run("a check-in link is stamped", func(t *testing.T) {
		res, _ := ring(t, phone, http.MethodGet, r.URL+"/c/"+id.New()+"/AAAAAAAAAAAA", "")
		if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || !strings.Contains(to, "#t=") {
			t.Errorf("%s to %q", res.Status, to)
		}
	})
	t.Run("plain HTTP gets nothing", func(t *testing.T) {
		res, text := ring(t, http.DefaultClient, http.MethodGet, strings.Replace(r.URL, "https", "http", 1)+"/", "")
		if res.StatusCode != http.StatusBadRequest || strings.Contains(text, "<html") {
			t.Errorf("%s %s", res.Status, text)
		}
	})
	t.Run("other computers are served, but see no text messages", func(t *testing.T) {
		if len(r.Elsewhere) == 0 {
			t.Log("this computer is in no private network") // messages_test has the rule itself
		}
		for _, address := range r.Elsewhere {
			if res, _ := ring(t, phone, http.MethodGet, address+"/", ""); res.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", address, res.Status)
			}
			if res, _ := ring(t, phone, http.MethodGet, address+"/dev/messages", ""); res.StatusCode != http.StatusNotFound {
				t.Errorf("%s/dev/messages: %s", address, res.Status)
			}
		}
	})
	t.Run("a given certificate is used, and the messages are at the inner door", func(t *testing.T) {
		made := filepath.Join(dir, "tls")
		given := start(t, city.Options{Data: citytest.EmptyFolder(t), Empty: true, Listen: "127.0.0.1",
			CertFile: filepath.Join(made, "server.pem"), KeyFile: filepath.Join(made, "server-key.pem")})
		if !strings.HasPrefix(given.URL, "https://localhost:") || given.Authority != nil {
			t.Errorf("URL = %s, authority %v", given.URL, given.Authority)
		}
		if res, _ := ring(t, phone, http.MethodGet, given.URL+"/", ""); res.StatusCode != http.StatusOK {
			t.Errorf("page: %s", res.Status)
		}
		if res, _ := ring(t, http.DefaultClient, http.MethodGet, given.MessagesURL, ""); res.StatusCode != http.StatusOK || !strings.HasPrefix(given.MessagesURL, "http://127.0.0.1:") {
			t.Errorf("%s: %s", given.MessagesURL, res.Status)
		}
	})
}

func TestListen(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"0.0.0.0":     {"--tls", "Without encryption", "不加密"},
		"192.168.1.5": {"--tls", "Without encryption", "不加密"},
		"::":          {"--tls"},
		"hebi.local":  {"要写一个 IP 地址", "wants an IP address"},
	} {
		t.Run("without TLS nobody listens on "+address+", and it says what to do", func(t *testing.T) {
			t.Parallel()
			dir := citytest.EmptyFolder(t)
			_, err := city.Start(t.Context(), city.Options{Data: dir, Listen: address})
			if err == nil {
				t.Fatal("Start succeeded")
			}
			for _, w := range want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("error lacks %q: %v", w, err)
				}
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("the data folder was made all the same")
			}
		})
	}
}

// within asks again and again until it is so.
func within(t *testing.T, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(soon); !so(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %s", what, soon)
		}
	}
}
