// Package daylog keeps a log in files, one for each day in the city, and throws them
// away by age:
//
//	qihe-2026-11-27.log
//
// The law says how long at least: who runs a network keeps its logs for six months
// (网络安全法 art. 21 (3), art. 23 (3) as of 2026). What else keeps logs on a server,
// journald and Docker, throws away by size: on a day on which much is written, too soon.
package daylog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Least is six months, in days, the longest that they are.
const Least = 184

// ErrTooShort says that the law asks for more.
var ErrTooShort = fmt.Errorf("日志至少要保存六个月：写 %[1]d 天或更多（网络安全法）\nLogs are kept for six months at least: %[1]d days or more (Cybersecurity Law)", Least)

// Log is a writer into the file of the day. It is safe for several at once.
type Log struct {
	dir, name string
	days      int
	clock     clock.Clock

	mu   sync.Mutex
	day  string
	file *os.File
}

// Open opens the log of that name in a folder, which is made if it is missing, and
// throws away files of before so many days. Days under Least are ErrTooShort.
func Open(dir, name string, days int, c clock.Clock) (*Log, error) {
	if days < Least {
		return nil, ErrTooShort
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for logs: %w", err)
	}
	l := &Log{dir: dir, name: name, days: days, clock: c}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l, l.turn(c.Now().In(clock.City))
}

// Write writes a line into the file of today.
func (l *Log) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.clock.Now().In(clock.City); now.Format(time.DateOnly) != l.day {
		if err := l.turn(now); err != nil {
			return 0, err
		}
	}
	return l.file.Write(line)
}

// turn goes on in another day's file. The caller holds mu.
func (l *Log) turn(now time.Time) error {
	day := now.Format(time.DateOnly)
	file, err := os.OpenFile(l.path(day), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open log: %w", err)
	}
	if l.file != nil {
		_ = l.file.Close() // its lines are written
	}
	l.file, l.day = file, day
	return l.forget(now.AddDate(0, 0, -l.days).Format(time.DateOnly))
}

// forget removes the files of days before one. What is not named like ours stays.
func (l *Log) forget(before string) error {
	files, err := os.ReadDir(l.dir)
	if err != nil {
		return fmt.Errorf("look through old logs: %w", err)
	}
	var errs []error
	for _, f := range files {
		day, ours := strings.CutPrefix(f.Name(), l.name+"-")
		day, dated := strings.CutSuffix(day, ".log")
		if _, err := time.Parse(time.DateOnly, day); !ours || !dated || err != nil || day >= before {
			continue
		}
		errs = append(errs, os.Remove(l.path(day)))
	}
	return errors.Join(errs...)
}

func (l *Log) path(day string) string { return filepath.Join(l.dir, l.name+"-"+day+".log") }

// Close ends the log.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}
