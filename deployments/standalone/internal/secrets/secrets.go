// Package secrets makes the deployment's keys the first time and finds them
// again later. Each is a file that only its owner can read. Losing them signs
// everybody out and makes sealed personal data unreadable for ever: they belong
// into the backup, apart from the databases.
package secrets

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// Secrets says where the keys are.
type Secrets struct {
	SigningKeyFile  string // of the portal
	VaultKeyFile    string // of teams
	LogKeyFile      string // of hours
	PaperKeyFile    string // of hours: what certificates say of people
	ChildKeyFile    string // of pairings: wraps the keys of children and families
	OpeningsKeyFile string // of pairings: signs the log of who read about them
	Internal        string // shown by services to each other
}

// Ensure makes what is missing in dir.
func Ensure(dir string) (Secrets, error) {
	s := Secrets{
		SigningKeyFile: filepath.Join(dir, "signing-key.pem"), VaultKeyFile: filepath.Join(dir, "vault-keys.json"), LogKeyFile: filepath.Join(dir, "ledger-log.key"),
		PaperKeyFile: filepath.Join(dir, "certificate-keys.json"),
		ChildKeyFile: filepath.Join(dir, "pairing-keys.json"), OpeningsKeyFile: filepath.Join(dir, "openings-log.key"),
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return s, fmt.Errorf("make folder for keys: %w", err)
	}
	if _, err := wholefile.Ensure(s.SigningKeyFile, auth.NewSigningKey); err != nil {
		return s, err
	}
	for _, path := range []string{s.VaultKeyFile, s.PaperKeyFile, s.ChildKeyFile} {
		if err := vault.EnsureKeys(path); err != nil {
			return s, err
		}
	}
	for path, name := range map[string]string{s.LogKeyFile: "qihe/hours", s.OpeningsKeyFile: "qihe/pairings"} { // the logs, as their checkpoints call them
		if _, err := wholefile.Ensure(path, func() ([]byte, error) { return translog.NewKey(name) }); err != nil {
			return s, err
		}
	}
	internal, err := wholefile.Ensure(filepath.Join(dir, "internal-secret"), func() ([]byte, error) { return []byte(rand.Text() + "\n"), nil })
	s.Internal = strings.TrimSpace(string(internal))
	return s, err
}
