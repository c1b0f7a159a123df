package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	enrolPurpose  = "enrol"
	stepUpPurpose = "step_up"
)

// relyingParty is what passkeys belong to: the name under which browsers reach
// Qihe. It is nil when there is none, or only an IP address, to which no
// passkey can belong.
type relyingParty struct{ *webauthn.WebAuthn }

// CheckSiteURL returns an error for what is no address of a site, such as
// https://qihe.example or http://localhost:8080; none is right.
func CheckSiteURL(siteURL string) error {
	if siteURL == "" {
		return nil
	}
	site, err := url.Parse(siteURL)
	if err != nil || site.Hostname() == "" || site.Scheme != "https" && site.Scheme != "http" {
		return fmt.Errorf("address of the site: %q is not like https://host", siteURL)
	}
	return nil
}

// relyingPartyAt returns the relying party of a site's address. Passkeys
// cannot belong to an IP address.
func relyingPartyAt(siteURL string) relyingParty {
	site, err := url.Parse(siteURL)
	if err != nil || site.Hostname() == "" {
		return relyingParty{}
	}
	if _, err := netip.ParseAddr(site.Hostname()); err == nil {
		return relyingParty{}
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: site.Hostname(), RPDisplayName: "淇河", RPOrigins: []string{site.Scheme + "://" + site.Host},
		AttestationPreference: protocol.PreferNoAttestation,
	})
	if err != nil {
		return relyingParty{}
	}
	return relyingParty{w}
}

func (r relyingParty) origin() string {
	if r.WebAuthn == nil {
		return ""
	}
	return r.Config.RPOrigins[0]
}

// keyHolder is a person as the library wants to know them.
type keyHolder struct {
	domain.Volunteer
	credentials []webauthn.Credential
}

func (h keyHolder) WebAuthnID() []byte                         { return []byte(h.ID) }
func (h keyHolder) WebAuthnName() string                       { return h.Number }
func (h keyHolder) WebAuthnDisplayName() string                { return h.Name }
func (h keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func (a *App) keyHolder(ctx context.Context, q postgres.Querier, volunteerID string) (keyHolder, []domain.Passkey, error) {
	if a.passkeys.WebAuthn == nil {
		return keyHolder{}, nil, domain.ErrPasskeysOff
	}
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return keyHolder{}, nil, err
	}
	keys, err := store.LockPasskeys(ctx, q, a.vault, volunteerID)
	if err != nil {
		return keyHolder{}, nil, err
	}
	h := keyHolder{Volunteer: v, credentials: make([]webauthn.Credential, len(keys))}
	for i, k := range keys {
		if err := json.Unmarshal(k.Credential, &h.credentials[i]); err != nil {
			return keyHolder{}, nil, fmt.Errorf("read passkey %s: %w", k.ID, err)
		}
	}
	return h, keys, nil
}

// StartPasskey returns what navigator.credentials.create is to be called with.
func (a *App) StartPasskey(ctx context.Context) (any, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var options *protocol.CredentialCreation
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := a.mayEnrol(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		holder, keys, err := a.keyHolder(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		if len(keys) >= domain.MaxPasskeys {
			return domain.ErrTooManyPasskeys
		}
		var session *webauthn.SessionData
		options, session, err = a.passkeys.BeginRegistration(holder,
			webauthn.WithExclusions(webauthn.Credentials(holder.credentials).CredentialDescriptors()))
		if err != nil {
			return fmt.Errorf("begin passkey: %w", err)
		}
		return a.keepChallenge(ctx, q, p.SessionID, enrolPurpose, session)
	})
	return options, err
}

// FinishPasskey keeps a new passkey, from the answer of
// navigator.credentials.create. The session is proved by it; with a first
// factor it returns the recovery codes.
func (a *App) FinishPasskey(ctx context.Context, name string, answer []byte) (recovery []string, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, apperr.For("credential", domain.ErrWrongFactor)
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := a.mayEnrol(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		holder, _, err := a.keyHolder(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		session, err := a.takeChallenge(ctx, q, p.SessionID, enrolPurpose)
		if err != nil {
			return err
		}
		credential, err := a.passkeys.CreateCredential(holder, session, parsed)
		if err != nil {
			return apperr.For("credential", domain.ErrWrongFactor)
		}
		key := domain.Passkey{ID: id.New(), VolunteerID: p.VolunteerID, CredentialID: credential.ID, Name: keyName(name), CreatedAt: a.clock.Now()}
		if key.Credential, err = json.Marshal(credential); err != nil {
			return fmt.Errorf("write passkey: %w", err)
		}
		if err := store.InsertPasskey(ctx, q, a.vault, key); err != nil {
			return err
		}
		recovery, err = a.enrolled(ctx, q, p, "passkey")
		return err
	})
	return recovery, err
}

func keyName(typed string) string {
	name := strings.Join(strings.Fields(typed), " ")
	if name == "" || !utf8.ValidString(name) {
		return "通行密钥"
	}
	return name
}

// RemovePasskey removes a passkey, or returns domain.ErrNoPasskey.
func (a *App) RemovePasskey(ctx context.Context, passkeyID string) error {
	p, err := a.strongPrincipal(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.DeletePasskey(ctx, q, p.VolunteerID, passkeyID); err != nil {
			return err
		}
		return a.recordRemoval(ctx, q, p.VolunteerID, "passkey", passkeyID)
	})
}

// StartStepUp returns what navigator.credentials.get is to be called with, or
// domain.ErrNoPasskey.
func (a *App) StartStepUp(ctx context.Context) (any, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var options *protocol.CredentialAssertion
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		holder, keys, err := a.keyHolder(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			return domain.ErrNoPasskey
		}
		var session *webauthn.SessionData
		if options, session, err = a.passkeys.BeginLogin(holder); err != nil {
			return fmt.Errorf("begin step-up: %w", err)
		}
		return a.keepChallenge(ctx, q, p.SessionID, stepUpPurpose, session)
	})
	return options, err
}

// judgePasskey judges a signature. A counter that did not move on tells of a
// copy of the key: it is refused and recorded.
func (a *App) judgePasskey(ctx context.Context, q postgres.Querier, p auth.Principal, answer []byte) (verdict, err error) {
	wrong := apperr.For("credential", domain.ErrWrongFactor)
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return wrong, nil
	}
	holder, keys, err := a.keyHolder(ctx, q, p.VolunteerID)
	if err != nil {
		return nil, err
	}
	session, err := a.takeChallenge(ctx, q, p.SessionID, stepUpPurpose)
	if err != nil {
		return err, nil
	}
	credential, err := a.passkeys.ValidateLogin(holder, session, parsed)
	if err != nil {
		return wrong, nil
	}
	for _, key := range keys {
		if string(key.CredentialID) != string(credential.ID) {
			continue
		}
		if credential.Authenticator.CloneWarning {
			return wrong, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "passkey.copied", "passkey", key.ID, a.clock.Now()).About(p.VolunteerID))
		}
		if key.Credential, err = json.Marshal(credential); err != nil {
			return nil, fmt.Errorf("write passkey: %w", err)
		}
		key.UsedAt = a.clock.Now().Truncate(24 * time.Hour)
		return nil, store.UpdatePasskey(ctx, q, a.vault, key)
	}
	return wrong, nil
}

func (a *App) keepChallenge(ctx context.Context, q postgres.Querier, sessionID, purpose string, session *webauthn.SessionData) error {
	if !id.Valid(sessionID) {
		return domain.ErrNoSession
	}
	data, err := json.Marshal(session)
	if err != nil {
		return fmt.Errorf("write challenge: %w", err)
	}
	return store.UpsertChallenge(ctx, q, sessionID, purpose, data, a.clock.Now().Add(domain.ChallengeLife))
}

func (a *App) takeChallenge(ctx context.Context, q postgres.Querier, sessionID, purpose string) (webauthn.SessionData, error) {
	var session webauthn.SessionData
	if !id.Valid(sessionID) {
		return session, domain.ErrNoSession
	}
	data, err := store.TakeChallenge(ctx, q, sessionID, purpose, a.clock.Now())
	if err != nil {
		return session, err
	}
	if data == nil {
		return session, apperr.For("credential", domain.ErrWrongFactor)
	}
	if err := json.Unmarshal(data, &session); err != nil {
		return session, fmt.Errorf("read challenge: %w", err)
	}
	session.Expires = time.Time{} // ours ran by the injected clock
	return session, nil
}
