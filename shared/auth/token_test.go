package auth

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func pair(t *testing.T) (*Signer, *Verifier, *clock.Shifted) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &clock.Shifted{}
	s := NewSigner(key, c)
	return s, NewVerifier(s.PublicKeys(), c), c
}

var someone = Principal{VolunteerID: "v1", SessionID: "s1", Grants: []Grant{{Role: "viewer", RegionPath: "4106/"}}, Strong: true}

func TestToken(t *testing.T) {
	t.Parallel()
	t.Run("says who asks, for thirty seconds", func(t *testing.T) {
		t.Parallel()
		s, v, c := pair(t)
		token, err := s.Token(someone)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.Principal(token)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(someone, got); diff != "" {
			t.Errorf("principal (-want +got):\n%s", diff)
		}
		c.Leap(TokenLife + leeway + time.Second)
		if _, err := v.Principal(token); !errors.Is(err, ErrBadToken) {
			t.Errorf("after its life: err = %v, want ErrBadToken", err)
		}
	})
	t.Run("is given out again for ten seconds, to the same principal only", func(t *testing.T) {
		t.Parallel()
		s, v, c := pair(t)
		mint := func(p Principal) string {
			t.Helper()
			token, err := s.Token(p)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		first := mint(someone)
		c.Leap(tokenFresh - time.Second)
		if mint(someone) != first {
			t.Error("another token after nine seconds")
		}
		weaker := someone
		weaker.Strong = false
		if p, err := v.Principal(mint(weaker)); err != nil || p.Strong {
			t.Errorf("%+v, %v for a principal whose second factor is over", p, err)
		}
		c.Leap(2 * time.Second)
		if mint(someone) == first {
			t.Error("the same token after eleven seconds")
		}
	})
	t.Run("remembered, it counts no longer and for no more than before", func(t *testing.T) {
		t.Parallel()
		s, _, c := pair(t)
		keys := s.PublicKeys()
		v := NewVerifier(keys, c)
		ending := someone
		ending.Grants = []Grant{{Role: "viewer", RegionPath: "4106/"}, {Role: "coordinator", RegionPath: "4106/", Until: c.Now().Add(20 * time.Second)}}
		token, err := s.mint(ending, c.Now())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			p, err := v.Principal(token)
			if err != nil || len(p.Grants) != 2 {
				t.Fatalf("%+v, %v", p, err)
			}
			p.Grants[0].RegionPath = "" // a careless caller
		}
		c.Leap(21 * time.Second)
		if p, err := v.Principal(token); err != nil || len(p.Grants) != 1 || p.Grants[0].RegionPath == "" {
			t.Errorf("after a grant's end: %+v, %v", p, err)
		}
		for kid := range keys {
			delete(keys, kid)
		}
		if _, err := v.Principal(token); !errors.Is(err, ErrBadToken) {
			t.Errorf("after its key was withdrawn: %v", err)
		}
	})
	t.Run("no forged, foreign, stale or misused token is accepted", func(t *testing.T) {
		t.Parallel()
		s, v, c := pair(t)
		other, _, _ := pair(t)
		for name, token := range badTokens(t, s, other, c) {
			if p, err := v.Principal(token); !errors.Is(err, ErrBadToken) {
				t.Errorf("%s: principal %+v, err %v; want ErrBadToken", name, p, err)
			}
		}
	})
}

// Without the protections, most of these would be believed: a parser that takes
// the algorithm and the key from the token itself and looks at no claim.
func TestBadTokensWithoutProtection(t *testing.T) {
	t.Parallel()
	s, _, c := pair(t)
	other, _, _ := pair(t)
	public := s.key.Public().(ed25519.PublicKey)
	believed := 0
	for _, token := range badTokens(t, s, other, c) {
		_, err := jwt.Parse(token, func(tok *jwt.Token) (any, error) {
			_, jwk := tok.Header["jwk"]
			_, jku := tok.Header["jku"]
			_, x5u := tok.Header["x5u"]
			_, x5c := tok.Header["x5c"]
			switch {
			case tok.Method.Alg() == "none":
				return jwt.UnsafeAllowNoneSignatureType, nil
			case tok.Method.Alg() == "HS256":
				return []byte(public), nil
			case jwk || jku || x5u || x5c:
				return other.key.Public(), nil
			}
			return public, nil
		}, jwt.WithoutClaimsValidation())
		if err == nil {
			believed++
		}
	}
	if believed < 15 {
		t.Errorf("only %d would be believed: the test above shows little", believed)
	}
}

func badTokens(t *testing.T, s, other *Signer, c clock.Clock) map[string]string {
	t.Helper()
	good, err := s.Token(someone)
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := s.Ticket("shift", "code", "mark")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.Token(someone)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(good, ".")
	base := func() jwt.MapClaims {
		return jwt.MapClaims{
			"iss": issuer, "aud": audience, "sub": "v1", "iat": c.Now().Unix(), "exp": c.Now().Add(20 * time.Second).Unix(),
		}
	}
	sign := func(method jwt.SigningMethod, key any, header map[string]any, change func(jwt.MapClaims)) string {
		m := base()
		if change != nil {
			change(m)
		}
		tok := jwt.NewWithClaims(method, m)
		tok.Header["kid"] = s.id
		for k, v := range header {
			tok.Header[k] = v
		}
		text, err := tok.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	public := []byte(s.key.Public().(ed25519.PublicKey))
	flipped := []byte(parts[2])
	flipped[3] ^= 1
	return map[string]string{
		"empty":                    "",
		"not a token":              "a.b.c",
		"no signature":             parts[0] + "." + parts[1] + ".",
		"flipped signature":        parts[0] + "." + parts[1] + "." + string(flipped),
		"changed body":             parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"v2"}`)) + "." + parts[2],
		"alg none":                 sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil, nil),
		"hmac with the public key": sign(jwt.SigningMethodHS256, public, nil, nil),
		"another portal's":         foreign,
		"unknown kid":              sign(jwt.SigningMethodEdDSA, s.key, map[string]any{"kid": "nobody"}, nil),
		"kid as a path":            sign(jwt.SigningMethodEdDSA, s.key, map[string]any{"kid": "../../etc/passwd"}, nil),
		"own key in jwk":           sign(jwt.SigningMethodEdDSA, other.key, map[string]any{"jwk": other.PublicKeys()}, nil),
		"own key by jku":           sign(jwt.SigningMethodEdDSA, other.key, map[string]any{"jku": "http://127.0.0.1/keys"}, nil),
		"own key by x5u":           sign(jwt.SigningMethodEdDSA, other.key, map[string]any{"x5u": "http://127.0.0.1/chain.pem"}, nil),
		"own key in x5c":           sign(jwt.SigningMethodEdDSA, other.key, map[string]any{"x5c": []string{"MAo="}}, nil),
		"another sort":             sign(jwt.SigningMethodEdDSA, s.key, map[string]any{"typ": "dpop+jwt"}, nil),
		"no sort":                  sign(jwt.SigningMethodEdDSA, s.key, map[string]any{"typ": nil}, nil),
		"something critical":       sign(jwt.SigningMethodEdDSA, s.key, map[string]any{"crit": []string{"b64"}, "b64": false}, nil),
		"not before a minute":      sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["nbf"] = c.Now().Add(time.Minute).Unix() }),
		"several audiences":        sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["aud"] = []string{"elsewhere", "anywhere"} }),
		"wrong issuer":             sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["iss"] = "someone" }),
		"wrong audience":           sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["aud"] = "elsewhere" }),
		"no expiry":                sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { delete(m, "exp") }),
		"expired":                  sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["exp"] = c.Now().Add(-time.Minute).Unix() }),
		"from the future":          sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["iat"] = c.Now().Add(time.Minute).Unix() }),
		"nobody":                   sign(jwt.SigningMethodEdDSA, s.key, nil, func(m jwt.MapClaims) { m["sub"] = "" }),
		"a ticket":                 ticket,
	}
}

func TestTicket(t *testing.T) {
	t.Parallel()
	t.Run("says when a link was opened, for fifteen minutes", func(t *testing.T) {
		t.Parallel()
		s, v, c := pair(t)
		opened := c.Now()
		text, err := s.Ticket("shift", "code", "mark")
		if err != nil {
			t.Fatal(err)
		}
		c.Leap(14 * time.Minute)
		got, err := v.Ticket(text)
		if err != nil || got.ShiftID != "shift" || got.Code != "code" || opened.Sub(got.OpenedAt).Abs() > time.Second {
			t.Errorf("Ticket = %+v, %v; opened %v", got, err, opened)
		}
		c.Leap(2 * time.Minute)
		if _, err := v.Ticket(text); !errors.Is(err, ErrBadToken) {
			t.Errorf("after 16 minutes: err = %v, want ErrBadToken", err)
		}
	})
	t.Run("a token is no ticket", func(t *testing.T) {
		t.Parallel()
		s, v, _ := pair(t)
		token, _ := s.Token(someone)
		if _, err := v.Ticket(token); !errors.Is(err, ErrBadToken) {
			t.Errorf("err = %v, want ErrBadToken", err)
		}
	})
}

func TestRegions(t *testing.T) {
	t.Parallel()
	p := Principal{Grants: []Grant{
		{Role: "viewer", RegionPath: "4106/410621/"}, {Role: "coordinator", RegionPath: "4106/410611/"}, {Role: "administrator", RegionPath: "4106/410611/"},
		{Role: "administrator"}, {Role: "child_care", RegionPath: "4106/"},
	}}
	if got, want := p.Regions(), []string{"4106/410621/", "4106/410611/", "4106/"}; !slices.Equal(got, want) {
		t.Errorf("Regions() = %v, want %v", got, want)
	}
	if got, want := p.RegionsDecided(), []string{"4106/410611/"}; !slices.Equal(got, want) {
		t.Errorf("RegionsDecided() = %v, want %v", got, want)
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	county := Principal{Grants: []Grant{{Role: "viewer", RegionPath: "4106/410621/"}}}
	for path, want := range map[string]bool{
		"4106/410621/": true, "4106/410621/410621100/": true, "4106/410622/": false, "4106/": false, "": false,
	} {
		if got := county.Covers(path); got != want {
			t.Errorf("Covers(%q) = %v, want %v", path, got, want)
		}
	}
	if (Principal{Grants: []Grant{{Role: "viewer"}}}).Covers("4106/") {
		t.Error("a grant without a region covers something")
	}
}

func TestRemoteKeys(t *testing.T) {
	t.Parallel()
	s, _, c := pair(t)
	asked := 0
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" { // of two portals
			return
		}
		asked++
		if r.URL.Path != KeysPath {
			t.Errorf("asked for %s", r.URL.Path)
		}
		_ = json.NewEncoder(w).Encode(s.PublicKeys())
	}))
	t.Cleanup(portal.Close)
	if _, err := NewRemoteKeys("portal:8080", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("an address that is none is taken")
	}
	keys, err := NewRemoteKeys("http://127.0.0.1:1,"+portal.URL, slog.New(slog.DiscardHandler)) // whichever portal answers
	if err != nil {
		t.Fatal(err)
	}
	v := NewVerifier(keys, c)
	token, _ := s.Token(someone)
	for range 3 {
		if _, err := v.Principal(token); err != nil {
			t.Fatal(err)
		}
	}
	other, _, _ := pair(t)
	forged, _ := other.Token(someone)
	for range 100 {
		if _, err := v.Principal(forged); !errors.Is(err, ErrBadToken) {
			t.Fatalf("err = %v, want ErrBadToken", err)
		}
	}
	if asked > 2 {
		t.Errorf("the portal was asked %d times; a flood of unknown keys must not reach it", asked)
	}
}

func TestGrantThatEnds(t *testing.T) {
	t.Parallel()
	s, v, c := pair(t)
	ends := c.Now().Add(10 * time.Second)
	token, err := s.Token(Principal{VolunteerID: "v1", Grants: []Grant{{Role: "viewer", RegionPath: "4106/", Until: ends}, {Role: "coordinator", RegionPath: "4106/"}}})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := v.Principal(token); err != nil || len(p.Grants) != 2 || !p.Grants[0].Until.Equal(ends) {
		t.Errorf("before: %+v, %v", p, err)
	}
	c.Leap(11 * time.Second)
	if p, err := v.Principal(token); err != nil || len(p.Grants) != 1 || p.Grants[0].Role != "coordinator" {
		t.Errorf("within the clocks' leeway the token is good, the grant is not: %+v, %v", p, err)
	}
	c.Leap(leeway)
	if _, err := v.Principal(token); !errors.Is(err, ErrBadToken) {
		t.Errorf("afterwards: %v", err)
	}
}
