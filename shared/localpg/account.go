//go:build unix

package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the user that PostgreSQL runs as.
type account struct {
	uid, gid uint32
	switched bool // we are root and it is not
}

// prepareFolder makes dir, decides which user the server runs as and makes
// sure that this user can reach the folder.
func prepareFolder(dir string) (account, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return account{}, fmt.Errorf("make database folder: %w", err)
	}
	who, err := chooseAccount(filepath.Join(dir, "data"))
	if err != nil || !who.switched {
		return who, err
	}
	if err := os.Chmod(dir, 0o711); err != nil { // the secrets in it have a mode of their own
		return account{}, fmt.Errorf("open database folder to the server: %w", err)
	}
	return who, who.checkReach(dir)
}

func chooseAccount(data string) (account, error) {
	info, err := os.Stat(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return account{}, fmt.Errorf("look at database folder: %w", err)
	}
	me := os.Geteuid()
	if me != 0 {
		if err == nil && owner(info) != uint32(me) {
			return account{}, fmt.Errorf("the database in %s belongs to user %d: run this program as that user or as root",
				data, owner(info))
		}
		return account{uid: uint32(me), gid: uint32(os.Getegid())}, nil
	}
	if err == nil && owner(info) != 0 { // initdb insists that this user has a name; the server does not
		return account{uid: owner(info), gid: group(info), switched: true}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
			gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
			if uidErr == nil && gidErr == nil && uid != 0 {
				return account{uid: uint32(uid), gid: uint32(gid), switched: true}, nil
			}
		}
	}
	return account{}, errors.New("PostgreSQL must not run as root, and there is no other user: type: useradd --system postgres")
}

// checkReach reports the first folder on the way to path that the account may not enter.
func (a account) checkReach(path string) error {
	for at := path; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("look at %s: %w", at, err)
		}
		if info.IsDir() && !a.mayEnter(info) {
			return fmt.Errorf("PostgreSQL must not run as root, and user %d may not enter %s: choose another folder, or type: chmod o+x %s",
				a.uid, at, at)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	switch {
	case owner(info) == a.uid:
		return info.Mode()&0o100 != 0
	case group(info) == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

func owner(info fs.FileInfo) uint32 { return info.Sys().(*syscall.Stat_t).Uid }
func group(info fs.FileInfo) uint32 { return info.Sys().(*syscall.Stat_t).Gid }

// own gives path to the account.
func (a account) own(path string) error {
	if !a.switched {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}
