package auth

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/shared/replicas"
)

// KeysPath is where the portal serves its public key set.
const KeysPath = "/.well-known/qihe-keys"

// Keys finds the portal's public keys by their id.
type Keys interface {
	Find(kid string) (ed25519.PublicKey, error)
}

// PublicKeys is the key set as the portal serves it: key ids and base64 keys.
// While a key is being replaced it holds the old one and the new.
type PublicKeys map[string]string

// PublicKeys returns the set with the signer's own key.
func (s *Signer) PublicKeys() PublicKeys {
	pub := s.key.Public().(ed25519.PublicKey)
	return PublicKeys{s.id: base64.StdEncoding.EncodeToString(pub)}
}

// Find returns a key of the set, or ErrBadToken.
func (k PublicKeys) Find(kid string) (ed25519.PublicKey, error) {
	raw, err := base64.StdEncoding.DecodeString(k[kid])
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("key %q: %w", kid, ErrBadToken)
	}
	return raw, nil
}

func keyID(pub ed25519.PublicKey) string { return base64.RawURLEncoding.EncodeToString(pub[:6]) }

// RemoteKeys is the portal's key set, fetched when an unknown key id turns up,
// at most once a second, so that a flood of forged ids asks nothing of the portal.
type RemoteKeys struct {
	url    string
	client *http.Client

	mu      sync.Mutex
	known   PublicKeys
	fetched time.Time
}

// NewRemoteKeys returns the key set of the portal, which runs at these addresses
// (package replicas).
func NewRemoteKeys(addresses string, log *slog.Logger) (*RemoteKeys, error) {
	portals, err := replicas.New("portal", addresses, http.DefaultTransport, log)
	if err != nil {
		return nil, err
	}
	return &RemoteKeys{url: portals.Base().JoinPath(KeysPath).String(), client: &http.Client{Timeout: 3 * time.Second, Transport: portals}}, nil
}

// Find returns a key, asking the portal when it is not known yet.
func (r *RemoteKeys) Find(kid string) (ed25519.PublicKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.known[kid]; !ok && time.Since(r.fetched) > time.Second {
		r.fetched = time.Now()
		if err := r.fetch(); err != nil {
			return nil, err
		}
	}
	return r.known.Find(kid)
}

func (r *RemoteKeys) fetch() error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, r.url, nil)
	if err != nil {
		return fmt.Errorf("ask for the portal's keys: %w", err)
	}
	res, err := r.client.Do(req)
	if err != nil {
		return fmt.Errorf("ask for the portal's keys: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var keys PublicKeys
	if err := json.NewDecoder(res.Body).Decode(&keys); err != nil {
		return fmt.Errorf("read the portal's keys: %w", err)
	}
	r.known = keys
	return nil
}
