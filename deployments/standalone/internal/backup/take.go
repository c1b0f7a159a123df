package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/localpg"
)

// Taken says which files were made.
type Taken struct {
	Databases, Keys string
	Manifest        Manifest
}

// Take makes a backup. Qihe may run meanwhile: all databases are read as they were
// in one moment. The keys' file replaces the one before.
func Take(ctx context.Context, o Options) (t Taken, err error) {
	if err := site.Lived(o.Data); err != nil {
		return t, err
	}
	password, err := Password(o.PasswordFile)
	if err != nil {
		return t, err
	}
	for _, folder := range []string{o.To, o.KeysTo} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return t, fmt.Errorf("建不了文件夹 %[1]s\nThe folder %[1]s cannot be made: %[2]w", folder, err)
		}
	}
	databases, err := os.MkdirTemp(o.To, ".qihe-")
	if err != nil {
		return t, fmt.Errorf("写不了 %[1]s\n%[1]s cannot be written: %[2]w", o.To, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(databases)) }()
	keys, err := os.MkdirTemp(o.KeysTo, ".qihe-")
	if err != nil {
		return t, fmt.Errorf("写不了 %[1]s\n%[1]s cannot be written: %[2]w", o.KeysTo, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(keys)) }()

	if t.Manifest, err = o.dump(ctx, databases, keys); err != nil {
		return t, err
	}
	if err := copyFile(filepath.Join(o.Data, site.NoteName), filepath.Join(databases, site.NoteName)); err != nil {
		return t, err
	}
	for _, name := range keyFolders {
		err := os.CopyFS(filepath.Join(keys, name), os.DirFS(filepath.Join(o.Data, name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return t, fmt.Errorf("copy %s: %w", name, err)
		}
	}
	o.Say("正在加密…… Encrypting …")
	t.Databases = filepath.Join(o.To, "qihe-"+o.Now.Format("2006-01-02-1504")+".data")
	t.Keys = filepath.Join(o.KeysTo, "qihe.keys")
	if err := seal(databases, t.Databases, password); err != nil {
		return t, err
	}
	return t, seal(keys, t.Keys, password)
}

// dump writes all databases, and pairings' keys apart.
//
// What a teller tells in the moment between two snapshots is told again after a
// restore, and who has heard nothing of it takes it then.
func (o Options) dump(ctx context.Context, databases, keys string) (m Manifest, err error) {
	s, err := site.Open(ctx, o.Data)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	program, err := localpg.Tool(ctx, s.Folder, "pg_dump")
	if err != nil {
		return m, err
	}
	views := map[string]*view{}
	defer func() {
		for _, v := range views {
			v.close()
		}
	}()
	for _, service := range site.Services {
		if views[service], err = viewOf(ctx, s, service); err != nil {
			return m, err
		}
	}
	m = Manifest{MadeAt: o.Now, Databases: map[string]Contents{}}
	for _, service := range site.Services {
		o.Say(fmt.Sprintf("正在备份 %[1]s…… Backing up %[1]s …", service))
		v := views[service]
		if m.Databases[service], err = v.contents(ctx); err != nil {
			return m, err
		}
		more := []string{"--file=" + filepath.Join(databases, service+".dump")}
		if service == "pairings" {
			more = append(more, "--exclude-table-data="+keysTable)
			delete(m.Databases[service], keysTable)
		}
		if err := v.dump(ctx, program, more...); err != nil {
			return m, err
		}
	}
	if err := views["pairings"].dump(ctx, program, "--data-only", "--table="+keysTable, "--file="+filepath.Join(keys, keysTable+".dump")); err != nil {
		return m, err
	}
	return m, m.write(databases)
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return os.WriteFile(to, text, 0o600) // #nosec G703 -- into the folder that the operator names
}
