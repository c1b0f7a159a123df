package auth

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

const (
	issuer         = "qihe-portal"
	audience       = "qihe"        // tokens that say who asks
	ticketAudience = "qihe-ticket" // tickets that say when a check-in link was opened

	// TokenLife is how long a token is good for.
	TokenLife = 30 * time.Second
	// tokenFresh is how long a session's token is given out again: a page asks
	// for several things at once, and signing and checking each time is the
	// dearest part of a small answer.
	tokenFresh = 10 * time.Second
	// TicketLife is how long an opened check-in link stays good: time enough
	// for a slow page and a first sign-in (docs/check-in.md).
	TicketLife = 15 * time.Minute
	// leeway allows the hosts' clocks to differ.
	leeway = 5 * time.Second
)

// ErrBadToken says that a token or ticket is forged, foreign or too old.
var ErrBadToken = errors.New("bad token")

// errHeader says that a token claims to be of another sort, or wants something
// understood that is not.
var errHeader = errors.New("unknown sort of token")

// Ticket says that a check-in link was opened at an instant; whether its code
// was right at that instant is judged by whoever knows the shift's key.
type Ticket struct {
	ShiftID  string
	Code     string
	Mark     string    // of the browser that opened it; "" in one of a portal of before
	OpenedAt time.Time // to the second
}

// Signer makes tokens and tickets. Only the portal has one.
type Signer struct {
	id     string
	key    ed25519.PrivateKey
	clock  clock.Clock
	minted recent[minted] // by session
}

// minted is a token that was given out.
type minted struct {
	token string
	of    Principal
	at    time.Time
}

// NewSigner returns a signer whose tokens name the key by the first bytes of its public half.
func NewSigner(key ed25519.PrivateKey, c clock.Clock) *Signer {
	return &Signer{id: keyID(key.Public().(ed25519.PublicKey)), key: key, clock: c}
}

type claims struct {
	jwt.RegisteredClaims
	SessionID string  `json:"sid,omitempty"`
	Grants    []Grant `json:"grants,omitempty"`
	Strong    bool    `json:"strong,omitempty"`
	Shared    bool    `json:"shared,omitempty"`
	ShiftID   string  `json:"shift,omitempty"`
	Code      string  `json:"code,omitempty"`
	Mark      string  `json:"mark,omitempty"`
}

// Token returns a signed token for p, good for TokenLife less tokenFresh at
// least, and not for longer than every grant in it.
func (s *Signer) Token(p Principal) (string, error) {
	now := s.clock.Now()
	if m, ok := s.minted.get(p.SessionID); ok && m.of.equal(p) && !now.Before(m.at) && now.Sub(m.at) < tokenFresh {
		return m.token, nil
	}
	token, err := s.mint(p, now)
	if err == nil && p.SessionID != "" {
		s.minted.put(p.SessionID, minted{token, p, now})
	}
	return token, err
}

func (s *Signer) mint(p Principal, now time.Time) (string, error) {
	life := TokenLife
	for _, g := range p.Grants {
		if left := g.Until.Sub(now); !g.Until.IsZero() && left < life {
			life = max(left, 0)
		}
	}
	return s.sign(audience, life, claims{
		RegisteredClaims: jwt.RegisteredClaims{Subject: p.VolunteerID},
		SessionID:        p.SessionID,
		Grants:           p.Grants,
		Strong:           p.Strong,
		Shared:           p.Shared,
	})
}

// Ticket returns a signed statement that the link with code was opened now, in
// the browser with that mark, good for TicketLife.
func (s *Signer) Ticket(shiftID, code, mark string) (string, error) {
	return s.sign(ticketAudience, TicketLife, claims{ShiftID: shiftID, Code: code, Mark: mark})
}

func (s *Signer) sign(aud string, life time.Duration, c claims) (string, error) {
	now := s.clock.Now()
	c.Issuer, c.Audience = issuer, jwt.ClaimStrings{aud}
	c.IssuedAt, c.ExpiresAt = jwt.NewNumericDate(now), jwt.NewNumericDate(now.Add(life))
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, c)
	t.Header["kid"] = s.id
	signed, err := t.SignedString(s.key)
	if err != nil {
		return "", fmt.Errorf("sign token: %w", err)
	}
	return signed, nil
}

// Verifier checks tokens and tickets against a key set. It remembers the
// tokens whose signature was right; how old they are, whether their key still
// counts and which of their grants do is looked at each time.
type Verifier struct {
	keys   Keys
	clock  clock.Clock
	signed recent[signed] // by token
}

// signed is what a token says whose signature was right.
type signed struct {
	kid    string
	key    ed25519.PublicKey
	claims claims
}

// NewVerifier returns a verifier that trusts the given keys.
func NewVerifier(keys Keys, c clock.Clock) *Verifier { return &Verifier{keys: keys, clock: c} }

// Principal returns whom a token speaks for, with the grants that count at this
// moment, or ErrBadToken. Clocks may differ by the leeway; a grant's end allows none.
func (v *Verifier) Principal(token string) (Principal, error) {
	c, err := v.remembered(token)
	if err != nil || c.Subject == "" {
		return Principal{}, errors.Join(ErrBadToken, err)
	}
	now := v.clock.Now()
	over := func(g Grant) bool { return !g.Until.IsZero() && !now.Before(g.Until) }
	grants := slices.DeleteFunc(slices.Clone(c.Grants), over) // what is remembered stays whole
	return Principal{VolunteerID: c.Subject, SessionID: c.SessionID, Grants: grants, Strong: c.Strong, Shared: c.Shared}, nil
}

// Ticket returns what a ticket says, or ErrBadToken.
func (v *Verifier) Ticket(token string) (Ticket, error) {
	c, err := v.parse(token, ticketAudience)
	if err != nil || c.ShiftID == "" {
		return Ticket{}, errors.Join(ErrBadToken, err)
	}
	return Ticket{ShiftID: c.ShiftID, Code: c.Code, Mark: c.Mark, OpenedAt: c.IssuedAt.UTC()}, nil
}

// remembered is parse for tokens that are shown again and again.
func (v *Verifier) remembered(token string) (claims, error) {
	if m, ok := v.signed.get(token); ok {
		if key, err := v.keys.Find(m.kid); err == nil && key.Equal(m.key) {
			return m.claims, jwt.NewValidator(v.options(audience)...).Validate(m.claims)
		}
	}
	var m signed
	var err error
	if m, err = v.check(token, audience); err == nil {
		v.signed.put(token, m)
	}
	return m.claims, err
}

func (v *Verifier) parse(token, aud string) (claims, error) {
	m, err := v.check(token, aud)
	return m.claims, err
}

func (v *Verifier) options(aud string) []jwt.ParserOption {
	return []jwt.ParserOption{
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), // never the algorithm a token names for itself
		jwt.WithIssuer(issuer), jwt.WithAudience(aud),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
		jwt.WithTimeFunc(v.clock.Now),
	}
}

func (v *Verifier) check(token, aud string) (signed, error) {
	var m signed
	_, err := jwt.ParseWithClaims(token, &m.claims, func(t *jwt.Token) (_ any, err error) {
		if _, critical := t.Header["crit"]; critical || t.Header["typ"] != "JWT" {
			return nil, errHeader
		}
		m.kid, _ = t.Header["kid"].(string)
		m.key, err = v.keys.Find(m.kid)
		return m.key, err
	}, v.options(aud)...)
	if err == nil && m.claims.IssuedAt == nil {
		err = jwt.ErrTokenUsedBeforeIssued
	}
	return m, err
}
