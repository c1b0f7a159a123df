package powercut

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// disk knows what of a folder is safe.
type disk struct {
	dir    string
	before string            // a copy of the folder as it was
	as     map[inode]string  // the file's name then
	since  time.Time         // what is younger did not exist then, whatever its number
	files  map[inode]*synced // what has been made safe since
	opened []string          // files that are about to be opened for synced writes
	syncs  int
}

type inode struct{ device, number uint64 }

// synced is a file of which something is safe. Its handle stays open, so that
// no other file gets its number.
type synced struct {
	file    *os.File
	content []byte
	all     bool // each write is safe at once
}

func newDisk(dir string) (*disk, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	d := &disk{dir: dir, before: dir + ".before", as: map[inode]string{}, since: time.Now(), files: map[inode]*synced{}}
	if err := os.RemoveAll(d.before); err != nil {
		return nil, err
	}
	if out, err := exec.Command("cp", "-a", dir, d.before).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("copy %s: %w: %s", dir, err, out)
	}
	return d, d.walk(func(path string, info fs.FileInfo) error {
		d.as[number(info)] = strings.TrimPrefix(path, dir)
		return nil
	})
}

// see notes what the call makes safe, before it is done.
func (d *disk) see(n *note) error {
	if err := d.find(); err != nil {
		return err
	}
	switch n.call {
	case unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		return d.keep(fmt.Sprintf("/proc/%d/fd/%d", n.thread, int32(n.args[0])))
	case unix.SYS_OPENAT:
		path, err := pathOf(n)
		if err == nil && d.holds(path) {
			d.opened = append(d.opened, path)
		}
		return err
	}
	return nil // a rename: the name is found before it changes
}

// find looks for the files that were about to be opened. One that is not there
// yet is looked for again: at the latest when it gets another name.
func (d *disk) find() error {
	var missing []string
	for _, path := range d.opened {
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, path)
			continue
		}
		if err != nil {
			return err
		}
		s, err := d.of(file)
		if err != nil {
			return err
		}
		s.all = true
		d.syncs++
	}
	d.opened = missing
	return nil
}

// keep makes safe what is in the file now.
func (d *disk) keep(handle string) error {
	path, err := os.Readlink(handle)
	if err != nil {
		return err
	}
	if !d.holds(path) {
		return nil
	}
	file, err := os.Open(handle) // also one that was removed
	if err != nil {
		return err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, file.Close()) // a folder: names are safe anyway
	}
	s, err := d.of(file)
	if err != nil {
		return err
	}
	d.syncs++
	if s.all {
		return nil
	}
	s.content, err = read(s.file, s.content)
	return err
}

// read fills the buffer with the whole file; large files come again and again.
func read(file *os.File, buffer []byte) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if int64(cap(buffer)) < info.Size() {
		buffer = make([]byte, info.Size())
	}
	n, err := file.ReadAt(buffer[:info.Size()], 0)
	if errors.Is(err, io.EOF) { // it has just become shorter
		err = nil
	}
	return buffer[:n], err
}

// of returns what is known of the file, which it takes over.
func (d *disk) of(file *os.File) (*synced, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if s := d.files[number(info)]; s != nil {
		return s, file.Close()
	}
	if len(d.files)%256 == 255 {
		d.letGo()
	}
	s := &synced{file: file}
	d.files[number(info)] = s
	return s, nil
}

// letGo forgets files that have no name any more.
func (d *disk) letGo() {
	for n, s := range d.files {
		if info, err := s.file.Stat(); err == nil && info.Sys().(*syscall.Stat_t).Nlink == 0 {
			_ = s.file.Close()
			delete(d.files, n)
		}
	}
}

// revert leaves in the folder what is safe. Nobody may write in it any more.
func (d *disk) revert() error {
	if err := d.find(); err != nil {
		return err
	}
	return d.walk(func(path string, info fs.FileInfo) error {
		safe, err := d.safe(path, info)
		if err != nil || safe == nil {
			return err
		}
		if now, err := os.ReadFile(path); err != nil || bytes.Equal(now, *safe) {
			return err
		}
		return os.WriteFile(path, *safe, info.Mode())
	})
}

// safe returns what of the file is safe; nil is all of it.
func (d *disk) safe(path string, info fs.FileInfo) (*[]byte, error) {
	content := []byte{}
	if s := d.files[number(info)]; s != nil {
		if s.all {
			return nil, nil
		}
		return &s.content, nil
	}
	if name, known := d.as[number(info)]; known && d.old(path) {
		var err error
		content, err = os.ReadFile(d.before + name)
		return &content, err
	}
	return &content, nil
}

// old tells a file of before from one that was given a removed one's number.
func (d *disk) old(path string) bool {
	var s unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, 0, unix.STATX_BTIME, &s)
	return err != nil || s.Mask&unix.STATX_BTIME == 0 || time.Unix(s.Btime.Sec, int64(s.Btime.Nsec)).Before(d.since)
}

func (d *disk) forget() {
	for _, s := range d.files {
		_ = s.file.Close()
	}
	clear(d.files)
	_ = os.RemoveAll(d.before)
}

func (d *disk) holds(path string) bool { return strings.HasPrefix(path, d.dir+"/") }

func (d *disk) walk(f func(path string, info fs.FileInfo) error) error {
	return filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return f(path, info)
	})
}

func number(info fs.FileInfo) inode {
	s := info.Sys().(*syscall.Stat_t)
	return inode{s.Dev, s.Ino}
}

// pathOf reads the name that openat was given from the caller's memory.
func pathOf(n *note) (string, error) {
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", n.thread))
	if err != nil {
		return "", err
	}
	defer func() { _ = memory.Close() }()
	text := make([]byte, unix.PathMax)
	got, err := memory.ReadAt(text, int64(n.args[1]))
	name, _, found := bytes.Cut(text[:got], []byte{0})
	if !found {
		return "", errors.Join(errors.New("openat without a name"), err)
	}
	path := string(name)
	if filepath.IsAbs(path) {
		return path, nil
	}
	from := fmt.Sprintf("/proc/%d/cwd", n.thread)
	if fd := int32(n.args[0]); fd != unix.AT_FDCWD {
		from = fmt.Sprintf("/proc/%d/fd/%d", n.thread, fd)
	}
	folder, err := os.Readlink(from)
	return filepath.Join(folder, path), err
}
