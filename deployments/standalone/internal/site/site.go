// Package site reaches the databases of a data folder, whether Qihe runs on it now
// or not: for whoever looks after them.
package site

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Services have a database each, in this order: who hears comes before who tells.
var Services = []string{"hours", "pairings", "tasks", "teams"}

// NoteName is the file in which a city says what it is; a folder without it is none.
const NoteName = "city.json"

// Site is the PostgreSQL of a data folder.
type Site struct {
	Folder string // of PostgreSQL
	Runs   bool   // Qihe runs on it now
	super  string
	stop   func() error
}

// Open finds the folder's PostgreSQL, or starts it when Qihe does not run.
func Open(ctx context.Context, data string) (*Site, error) {
	folder := filepath.Join(data, "postgres")
	super, runs, err := localpg.Running(folder)
	if err != nil {
		return nil, err
	}
	if runs {
		return &Site{Folder: folder, Runs: true, super: super, stop: func() error { return nil }}, nil
	}
	server, err := localpg.Start(ctx, localpg.Config{Dir: folder})
	if err != nil {
		return nil, err
	}
	return &Site{Folder: folder, super: server.SuperURL(), stop: server.Stop}, nil
}

// Lived reports, as an error for people, that the folder is none in which Qihe has run.
func Lived(data string) error {
	if _, err := os.Stat(filepath.Join(data, NoteName)); err != nil {
		return fmt.Errorf("%[1]s 不是淇河志愿的数据文件夹\n%[1]s is not a data folder of Qihe: %[2]w", data, err)
	}
	return nil
}

// Clock returns the time by which the city of the folder goes.
func Clock(data string) (*clock.Shifted, error) {
	var note struct {
		Shift time.Duration `json:"shift"`
	}
	text, err := os.ReadFile(filepath.Join(data, NoteName))
	if err == nil {
		err = json.Unmarshal(text, &note)
	}
	if err != nil {
		return nil, fmt.Errorf("read what time it is in the city: %w", err)
	}
	c := &clock.Shifted{}
	c.Leap(note.Shift)
	return c, nil
}

// Make makes a service's empty database.
func (s *Site) Make(ctx context.Context, service string) error {
	_, _, err := localpg.Provision(ctx, s.super, service, "qihe_"+service)
	return err
}

// Address is that of a service's database for the superuser.
func (s *Site) Address(service string) string {
	return strings.Replace(s.super, "/postgres?", "/qihe_"+service+"?", 1)
}

// Reach connects to a service's database. Times come in UTC, and statements may take
// as long as they do.
func (s *Site) Reach(service string) (*sql.DB, error) {
	db, err := sql.Open("postgres", s.Address(service)+patiently)
	if err != nil {
		return nil, fmt.Errorf("reach the database of %s: %w", service, err)
	}
	return db, nil
}

// patiently keeps the services' impatience with each other from us.
const patiently = "&timezone=UTC&statement_timeout=0&idle_in_transaction_session_timeout=0"

// Open connects to a service's database as its services do, with a few connections.
func (s *Site) Open(ctx context.Context, service string) (*postgres.DB, error) {
	return postgres.Open(ctx, s.Address(service)+patiently, 4)
}

// Owner is the address of a service's database for the role that owns its tables.
func (s *Site) Owner(service string) (string, error) {
	owner, _, err := localpg.Addresses(s.super, service, "qihe_"+service)
	return owner, err
}

// Close stops the PostgreSQL that Open has started.
func (s *Site) Close() error { return s.stop() }
