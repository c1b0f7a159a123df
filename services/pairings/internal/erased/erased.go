// Package erased keeps the list of who was erased beside the keys, outside the
// database. A backup of the database from before an erasure still holds the key that
// was destroyed since; the list says so to the service that starts on it.
package erased

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// Line says that a subject's key was destroyed. It names nobody but by id.
type Line struct {
	SubjectID string    `json:"subject_id"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Reason    string    `json:"reason"`
}

// List is a file of lines. Whoever was put into it stays.
type List struct {
	path string
}

// At returns the list that is kept in the file.
func At(path string) List { return List{path: path} }

// Read returns all lines by subject, none for a file that is not there yet, and an
// error for a file that is damaged: who serves without knowing it may show somebody
// who was erased.
func (l List) Read() (map[string]Line, error) {
	content, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]Line{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read who was erased: %w", err)
	}
	lines := map[string]Line{}
	for text := bufio.NewScanner(bytes.NewReader(content)); text.Scan(); {
		var line Line
		if err := json.Unmarshal(text.Bytes(), &line); err != nil || line.SubjectID == "" || line.At.IsZero() {
			return nil, fmt.Errorf("%s, which says who was erased, is damaged: put the newest copy back: %q", l.path, text.Text())
		}
		lines[line.SubjectID] = line
	}
	return lines, nil
}

// Add puts these into the list beside those that are there. A power cut leaves the list
// as it was or as it is to be; replicas that have one folder between them wait for
// each other, or the later would take away what the earlier has just put in.
func (l List) Add(found []Line) error {
	release, err := l.lock()
	if err != nil {
		return err
	}
	defer release()
	lines, err := l.Read()
	if err != nil {
		return err
	}
	before := len(lines)
	for _, line := range found {
		lines[line.SubjectID] = line
	}
	if len(lines) == before && before > 0 {
		return nil
	}
	var content bytes.Buffer
	for _, subject := range slices.Sorted(maps.Keys(lines)) {
		text, err := json.Marshal(lines[subject])
		if err != nil {
			return fmt.Errorf("write who was erased: %w", err)
		}
		content.Write(append(text, '\n'))
	}
	return wholefile.Write(l.path, content.Bytes())
}

// lock holds the list until it is released, or this process ends. It is a file of its
// own: the list is another file after each Add.
func (l List) lock() (release func(), err error) {
	f, err := os.OpenFile(l.path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the list of who was erased: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock the list of who was erased: %w", err)
	}
	return func() { _ = f.Close() }, nil
}
