package translog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// A witness holds a log's past for others: it signs a checkpoint too, if what
// it signed before is the beginning of it, and never anything else. Its
// signature is another line under the same note and says when it was made (C2SP
// tlog-cosignature, cosignature/v1). Who rebuilds the log and signs it with the
// stolen key has no such line; who shows people different logs gets it for one
// of them at most.

const (
	keyOfNote        = 1 // how note marks an Ed25519 key
	keyOfCosignature = 4 // how C2SP signed-note marks one of a witness
	timeSize         = 8 // of a co-signature, before the signature itself
)

// Cosigner is a witness's key and the moment at which it signs. It is a note.Signer.
type Cosigner struct {
	name string
	key  ed25519.PrivateKey
	at   time.Time
}

// NewCosigner reads the secret key that NewKey made.
func NewCosigner(secret string, at time.Time) (*Cosigner, error) {
	parts := strings.SplitN(strings.TrimSpace(secret), "+", 5)
	if len(parts) != 5 || parts[0] != "PRIVATE" || parts[1] != "KEY" || !nameOfKey(parts[2]) {
		return nil, errors.New("not a secret key of a witness")
	}
	data, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(data) != 1+ed25519.SeedSize || data[0] != keyOfNote {
		return nil, errors.New("not a secret key of a witness")
	}
	return &Cosigner{parts[2], ed25519.NewKeyFromSeed(data[1:]), at}, nil
}

// Name is that of the key.
func (c *Cosigner) Name() string { return c.name }

// KeyHash is by what a signature names its key.
func (c *Cosigner) KeyHash() uint32 {
	return cosignatureKeyHash(c.name, c.key.Public().(ed25519.PublicKey)) //nolint:forcetypeassert // it always is
}

// Public is what the log must know to take the witness's signatures.
func (c *Cosigner) Public() string {
	public := c.key.Public().(ed25519.PublicKey) //nolint:forcetypeassert // it always is
	return fmt.Sprintf("%s+%08x+%s", c.name, c.KeyHash(), base64.StdEncoding.EncodeToString(append([]byte{keyOfCosignature}, public...)))
}

// Sign returns the time and the signature over it and the note's text.
func (c *Cosigner) Sign(text []byte) ([]byte, error) {
	seconds := uint64(c.at.Unix()) //nolint:gosec // after 1970
	return append(binary.BigEndian.AppendUint64(nil, seconds), ed25519.Sign(c.key, cosigned(seconds, text))...), nil
}

// Cosignature checks what a witness signed. It is a note.Verifier.
type Cosignature struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// NewCosignature reads a witness's public key, as Cosigner.Public spells it.
func NewCosignature(public string) (*Cosignature, error) {
	parts := strings.SplitN(strings.TrimSpace(public), "+", 3)
	if len(parts) != 3 || !nameOfKey(parts[0]) {
		return nil, errors.New("not a public key of a witness")
	}
	hash, hashErr := strconv.ParseUint(parts[1], 16, 32)
	data, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || hashErr != nil || len(parts[1]) != 8 || len(data) != 1+ed25519.PublicKeySize || data[0] != keyOfCosignature {
		return nil, errors.New("not a public key of a witness")
	}
	c := &Cosignature{parts[0], uint32(hash), data[1:]}
	if c.hash != cosignatureKeyHash(c.name, c.key) {
		return nil, errors.New("a public key of a witness with a letter that is wrong")
	}
	return c, nil
}

// Name is that of the key.
func (c *Cosignature) Name() string { return c.name }

// KeyHash is by what a signature names its key.
func (c *Cosignature) KeyHash() uint32 { return c.hash }

// Verify reports whether the witness signed the text.
func (c *Cosignature) Verify(text, signature []byte) bool {
	if len(signature) != timeSize+ed25519.SignatureSize {
		return false
	}
	return ed25519.Verify(c.key, cosigned(binary.BigEndian.Uint64(signature), text), signature[timeSize:])
}

// Cosigned returns when a witness signed the note, and the line by which it did;
// ok says that it did. A line of its name that is wrong is no signature.
func (c *Cosignature) Cosigned(signed string) (at time.Time, line string, ok bool) {
	opened, err := note.Open([]byte(signed), note.VerifierList(c))
	if err != nil || len(opened.Sigs) != 1 {
		return time.Time{}, "", false
	}
	s := opened.Sigs[0]
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 4+timeSize {
		return time.Time{}, "", false
	}
	seconds := int64(binary.BigEndian.Uint64(raw[4:])) //nolint:gosec // what a witness signed
	return time.Unix(seconds, 0).UTC(), fmt.Sprintf("— %s %s\n", s.Name, s.Base64), true
}

func cosigned(seconds uint64, text []byte) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", seconds), text...)
}

func cosignatureKeyHash(name string, key ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), append([]byte{keyOfCosignature}, key...)...))
	return binary.BigEndian.Uint32(sum[:])
}

func nameOfKey(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsSpace) && !strings.Contains(name, "+")
}
