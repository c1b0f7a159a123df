// Package folder is the data folder: where it is by default, who may enter it
// and who holds it now.
package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Default is where data is kept unless somebody says otherwise: among the
// user's own data, or where a system service keeps its when we are root.
func Default() string {
	if os.Geteuid() == 0 {
		return "/var/lib/qihe"
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "qihe")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "qihe-data"
	}
	return filepath.Join(home, ".local", "share", "qihe")
}

// Folder is a data folder that is ours alone until Release.
type Folder struct {
	Path string
	lock *os.File
}

// Hold makes the folder if it is missing and takes it. The system gives it
// back when we end, however that happens.
func Hold(path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("locate data folder: %w", err)
	}
	if err := Make(path); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return &Folder{Path: path, lock: lock}, nil
	}
	_ = lock.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, fmt.Errorf("数据文件夹 %[1]s 正被另一个淇河志愿程序使用。请先停止它，或换一个文件夹：--data 文件夹\n"+
			"The data folder %[1]s is in use by another Qihe. Stop that one first, or choose another folder: --data FOLDER", path)
	}
	return nil, fmt.Errorf("lock data folder: %w", err)
}

// Make makes the folder if it is missing.
func Make(path string) error {
	if err := os.MkdirAll(path, mode()); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	return nil
}

// mode keeps others out. PostgreSQL does not run as root: when we do, its user
// has to pass through to its own folder, without seeing what else is here.
func mode() os.FileMode {
	if os.Geteuid() == 0 {
		return 0o711
	}
	return 0o700
}

// Join returns the path of something in the folder.
func (f *Folder) Join(name ...string) string {
	return filepath.Join(append([]string{f.Path}, name...)...)
}

// Release lets another process have the folder.
func (f *Folder) Release() { _ = f.lock.Close() }
