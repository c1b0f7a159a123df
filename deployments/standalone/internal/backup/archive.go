package backup

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// usualWork makes each guess at a password as slow as age makes it by default: scrypt over
// 256 MiB, about a second. The password is a person's, and the file may be stolen.
const usualWork = 18

var workFactor = usualWork

// seal writes what is in a folder into one encrypted file, which appears whole or
// not at all.
func seal(folder, path, password string) (err error) {
	recipient, err := age.NewScryptRecipient(password)
	if err != nil {
		return fmt.Errorf("encrypt %s: %w", path, err)
	}
	recipient.SetWorkFactor(workFactor)
	half := path + ".part"
	file, err := os.OpenFile(half, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("写不了 %[1]s\n%[1]s cannot be written: %[2]w", half, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close(), os.Remove(half))
		}
	}()
	sealed, err := age.Encrypt(file, recipient)
	if err != nil {
		return fmt.Errorf("encrypt %s: %w", path, err)
	}
	packed := tar.NewWriter(sealed)
	if err := packed.AddFS(os.DirFS(folder)); err != nil {
		return fmt.Errorf("pack %s: %w", path, err)
	}
	if err := errors.Join(packed.Close(), sealed.Close(), file.Sync()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return wholefile.Rename(half, path)
}

// unseal writes what seal has packed into a folder.
func unseal(path, folder, password string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("读不了 %[1]s\n%[1]s cannot be read: %[2]w", path, err)
	}
	defer func() { _ = file.Close() }()
	identity, err := age.NewScryptIdentity(password)
	if err != nil {
		return fmt.Errorf("decrypt %s: %w", path, err)
	}
	opened, err := age.Decrypt(file, identity)
	if err != nil {
		return fmt.Errorf("%s: %w", path, errors.Join(errNotWhole, err))
	}
	into, err := os.OpenRoot(folder)
	if err != nil {
		return fmt.Errorf("unpack %s: %w", path, err)
	}
	defer func() { _ = into.Close() }()
	packed := tar.NewReader(opened)
	for {
		head, err := packed.Next()
		if errors.Is(err, io.EOF) {
			// The end of the archive is not the end of the file: only there it shows whether that was cut.
			if _, err := io.Copy(io.Discard, opened); err != nil {
				return fmt.Errorf("%s: %w", path, errors.Join(errNotWhole, err))
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, errors.Join(errNotWhole, err))
		}
		if err := unpackOne(into, head, packed); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

func unpackOne(into *os.Root, head *tar.Header, content io.Reader) error {
	name := filepath.FromSlash(head.Name)
	if head.FileInfo().IsDir() {
		if err := into.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
		return nil
	}
	file, err := into.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("unpack %s: %w", name, err)
	}
	if _, err := io.Copy(file, content); err != nil { //nolint:gosec // our own file, authenticated block by block
		return errors.Join(errNotWhole, err, file.Close())
	}
	return errors.Join(file.Sync(), file.Close())
}
