package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/folder"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// RestoreOptions say what comes back, and where.
type RestoreOptions struct {
	Databases, Keys string // the two files of a backup; of the keys the newest there is
	PasswordFile    string
	Data            string // a folder that is not there yet
	Say             func(text string)
}

// Restore makes a data folder from a backup, and compares each table of it with
// what the backup says of itself. It never touches a folder that is there; one
// that it could not finish is removed.
func Restore(ctx context.Context, o RestoreOptions) (m Manifest, err error) {
	if _, err := os.Stat(o.Data); !errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("文件夹 %[1]s 已经有了。恢复只放进新文件夹：--data 新文件夹\n"+
			"The folder %[1]s exists already. What is restored goes into a new one: --data FOLDER", o.Data)
	}
	password, err := Password(o.PasswordFile)
	if err != nil {
		return m, err
	}
	held, err := folder.Hold(o.Data)
	if err != nil {
		return m, err
	}
	defer func() {
		held.Release()
		if err != nil {
			err = errors.Join(err, os.RemoveAll(o.Data))
		}
	}()
	o.Say("正在解密…… Decrypting …")
	unpacked := filepath.Join(o.Data, "restoring")
	databases, keys := filepath.Join(unpacked, "databases"), filepath.Join(unpacked, "keys")
	for file, folder := range map[string]string{o.Databases: databases, o.Keys: keys} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return m, fmt.Errorf("unpack %s: %w", file, err)
		}
		if err := unseal(file, folder, password); err != nil {
			return m, err
		}
	}
	if m, err = readManifest(databases); err != nil {
		return m, fmt.Errorf("%[1]s 不是数据库的备份\n%[1]s is no backup of the databases: %[2]w", o.Databases, err)
	}
	if _, err := os.Stat(filepath.Join(keys, keyFolders[0])); err != nil {
		return m, fmt.Errorf("%[1]s 不是密钥的备份\n%[1]s is no backup of the keys: %[2]w", o.Keys, err)
	}
	if err := o.fill(ctx, m, databases, keys); err != nil {
		return m, err
	}
	for _, name := range keyFolders {
		if err := wholefile.Rename(filepath.Join(keys, name), filepath.Join(o.Data, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return m, err
		}
	}
	// Last: only with it is the folder one that Qihe starts on.
	if err := wholefile.Rename(filepath.Join(databases, site.NoteName), filepath.Join(o.Data, site.NoteName)); err != nil {
		return m, err
	}
	return m, os.RemoveAll(unpacked)
}

// fill makes the databases and looks whether everything has arrived.
func (o RestoreOptions) fill(ctx context.Context, m Manifest, databases, keys string) (err error) {
	s, err := site.Open(ctx, o.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	program, err := localpg.Tool(ctx, s.Folder, "pg_restore")
	if err != nil {
		return err
	}
	for _, service := range site.Services {
		o.Say(fmt.Sprintf("正在恢复 %[1]s…… Restoring %[1]s …", service))
		if err := s.Make(ctx, service); err != nil {
			return err
		}
		dump := filepath.Join(databases, service+".dump")
		// Keys come before the constraints of those who refer to them.
		steps := [][]string{{"--section=pre-data", "--section=data", dump}, {"--section=post-data", dump}}
		if service == "pairings" {
			steps = [][]string{steps[0], {"--data-only", filepath.Join(keys, keysTable+".dump")}, steps[1]}
		}
		for _, step := range steps {
			if err := run(ctx, program, s.Address(service), append([]string{"--exit-on-error", "--jobs=2"}, step...)...); err != nil {
				return err
			}
		}
		if err := compare(ctx, s, service, m.Databases[service]); err != nil {
			return err
		}
	}
	return nil
}

// compare wants each table as it was.
func compare(ctx context.Context, s *site.Site, service string, want Contents) error {
	v, err := viewOf(ctx, s, service)
	if err != nil {
		return err
	}
	defer v.close()
	got, err := v.contents(ctx)
	if err != nil {
		return err
	}
	if tables := want.differences(got); len(tables) > 0 {
		return fmt.Errorf("恢复出来的和备份时不一样：%[1]s 的 %[2]s\nWhat came back differs from what was backed up: %[2]s of %[1]s", service, strings.Join(tables, ", "))
	}
	return nil
}
