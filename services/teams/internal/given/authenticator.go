package given

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// Site is the address at which the passkeys of every world work.
const Site = "http://localhost:8080"

// Authenticator is a security key: one key, and a counter of its signatures.
type Authenticator struct {
	key     *ecdsa.PrivateKey
	id      []byte
	Counter uint32
}

// NewAuthenticator returns a key that has signed nothing.
func NewAuthenticator(t testing.TB) *Authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	return &Authenticator{key: key, id: []byte(rand.Text())}
}

var b64 = base64.RawURLEncoding.EncodeToString

// Create answers navigator.credentials.create as a browser at Site would.
func (a *Authenticator) Create(t testing.TB, options any) []byte {
	t.Helper()
	client := clientData(t, "webauthn.create", options)
	point, err := a.key.PublicKey.Bytes()
	must(t, err)
	public, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	must(t, err)
	data := a.data(0x45) // present, verified, with a credential
	data = append(data, make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(append(data, a.id...), public...)
	attestation, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	must(t, err)
	return a.answer(t, map[string]any{"clientDataJSON": b64(client), "attestationObject": b64(attestation)})
}

// Sign answers navigator.credentials.get, and counts one further.
func (a *Authenticator) Sign(t testing.TB, options any) []byte {
	t.Helper()
	a.Counter++
	client, data := clientData(t, "webauthn.get", options), a.data(0x05)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, sum[:])
	must(t, err)
	return a.answer(t, map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)})
}

func (a *Authenticator) data(flags byte) []byte {
	party := sha256.Sum256([]byte("localhost"))
	return binary.BigEndian.AppendUint32(append(party[:], flags), a.Counter)
}

func (a *Authenticator) answer(t testing.TB, response map[string]any) []byte {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "response": response})
	must(t, err)
	return raw
}

func clientData(t testing.TB, kind string, options any) []byte {
	t.Helper()
	raw, err := json.Marshal(options)
	must(t, err)
	var asked struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
		} `json:"publicKey"`
	}
	must(t, json.Unmarshal(raw, &asked))
	client, err := json.Marshal(map[string]any{"type": kind, "challenge": asked.PublicKey.Challenge, "origin": Site, "crossOrigin": false})
	must(t, err)
	return client
}
