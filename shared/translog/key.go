package translog

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Keys sign a log's checkpoints. The first names the log. While a key is
// changed for another both sign; who holds either can check.
type Keys struct {
	Signers []note.Signer
	Public  []string // what whoever checks must know, in the order of Signers
}

// NewKey returns the content of a key file with a new key for the log of this
// name, such as hebi.example/hours: no spaces and no plus signs.
func NewKey(name string) ([]byte, error) {
	secret, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, fmt.Errorf("make key of log: %w", err)
	}
	return []byte(secret + "\n"), nil
}

// ReadKeys reads a key file: one secret key of note's form in each line. It
// refuses a file that others can read.
func ReadKeys(path string) (Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Keys{}, fmt.Errorf("read key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Keys{}, fmt.Errorf("others can read the key file %s: chmod 600 it", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return Keys{}, fmt.Errorf("read key file: %w", err)
	}
	return ParseKeys(string(content))
}

// ParseKeys is ReadKeys for the file's content.
func ParseKeys(content string) (Keys, error) {
	var k Keys
	for _, secret := range strings.Fields(content) {
		signer, err := note.NewSigner(secret)
		if err != nil {
			return Keys{}, fmt.Errorf("key %d of the log: %w", len(k.Signers)+1, err)
		}
		public, err := publicOf(secret, signer.Name())
		if err != nil {
			return Keys{}, fmt.Errorf("key %d of the log: %w", len(k.Signers)+1, err)
		}
		k.Signers, k.Public = append(k.Signers, signer), append(k.Public, public)
	}
	if len(k.Signers) == 0 {
		return Keys{}, errors.New("the key file of the log holds no key")
	}
	return k, nil
}

// publicOf takes the public key out of a secret one, PRIVATE+KEY+<name>+<hash>+<algorithm and seed>.
func publicOf(secret, name string) (string, error) {
	_, encoded, _ := strings.Cut(strings.TrimPrefix(secret, "PRIVATE+KEY+"+name+"+"), "+")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return "", errors.New("not an Ed25519 key")
	}
	return note.NewEd25519VerifierKey(name, ed25519.NewKeyFromSeed(data[1:]).Public().(ed25519.PublicKey))
}
