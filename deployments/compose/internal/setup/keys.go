package setup

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// User is who the programs run as in their containers.
const User = 10001

// ensureKeys makes each service's keys, in a folder that only that service is
// given, and the folders in which pairings remembers who was erased, and Caddy its certificates.
func ensureKeys(folder string) error {
	sealed := vault.EnsureKeys
	files := []struct {
		path string
		make func(path string) error
	}{
		{"keys/portal/signing-key.pem", once(auth.NewSigningKey)},
		{"keys/teams/vault-keys.json", sealed},
		{"keys/hours/certificate-keys.json", sealed},
		{"keys/hours/ledger-log.key", once(func() ([]byte, error) { return translog.NewKey("qihe/hours") })},
		{"keys/pairings/pairing-keys.json", sealed},
		{"keys/pairings/openings-log.key", once(func() ([]byte, error) { return translog.NewKey("qihe/pairings") })},
	}
	for _, f := range files {
		path := filepath.Join(folder, f.path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := f.make(path); err != nil {
			return fmt.Errorf("make %s: %w", f.path, err)
		}
	}
	for _, kept := range []string{"state/pairings", "state/portal", "state/caddy"} {
		if err := os.MkdirAll(filepath.Join(folder, kept), 0o700); err != nil {
			return err
		}
	}
	for _, top := range []string{"keys", "state"} {
		if err := giveAway(filepath.Join(folder, top)); err != nil {
			return err
		}
	}
	return nil
}

func once(content func() ([]byte, error)) func(path string) error {
	return func(path string) error {
		_, err := wholefile.Ensure(path, content)
		return err
	}
}

// giveAway gives all in the folder to who the programs run as. Only root can do
// that; anybody else runs them as themself.
func giveAway(folder string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	return filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, User, User)
	})
}

// likeFolder gives a file to the owner of its folder, who types the commands.
func likeFolder(path string) error {
	info, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 {
		return os.Chown(path, int(owner.Uid), int(owner.Gid))
	}
	return nil
}
