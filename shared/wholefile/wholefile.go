// Package wholefile writes small files that must not get lost: keys, passwords
// and what a folder says of itself. A power cut leaves the file as it was or as
// it is to be, and once Write has returned, as it is to be. Writing in place,
// or giving a name to what was not synced, leaves an empty file instead.
package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes content the file of that name, which only its owner can read. It
// writes beside it, at path.new; two must not write the same at the same time.
func Write(path string, content []byte) error {
	beside := path + ".new"
	f, err := os.OpenFile(beside, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return Rename(beside, path)
}

// Ensure returns the content of the file of that name, which content makes when there is none.
func Ensure(path string, content func() ([]byte, error)) ([]byte, error) {
	found, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	fresh, err := content()
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", path, err)
	}
	return fresh, Write(path, fresh)
}

// Rename gives a file or folder another name on the same disk, for good. What is
// in it must have been synced.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("rename to %s: %w", to, err)
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return fmt.Errorf("sync name of %s: %w", to, err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync name of %s: %w", to, err)
	}
	return nil
}
