// Package localpg starts a private PostgreSQL server in a folder.
//
// Whoever tries Qihe out, runs it for one county or tests it should not have
// to administer a database first. Start finds a server program (the newest of
// the system, or one fetched by npm), makes a data folder the first time,
// starts the server on 127.0.0.1 and stops it with the process that asked.
//
// The folder holds everything that a restart needs:
//
//	data/       PostgreSQL's own files, mode 0700, owned by the user it runs as
//	password    of the superuser "postgres", mode 0600; the passwords of all
//	            services are derived from it, so there is no second secret
//	source      which build made data/; no other build may open it, because
//	            builds sort text differently and would corrupt its indexes
//	lock        held while the server runs
//
// PostgreSQL refuses to run as root. Started by root it therefore runs as the
// owner of data/, which is the user postgres or, where there is none, nobody.
//
// The server never outlives its parent: on Linux the kernel tells it to stop
// when we die in whatever way. It does not hear the terminal's Ctrl-C, so that
// those who still write can finish before Stop.
package localpg

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Config says where and how the server runs. Only Dir is required.
type Config struct {
	Dir    string // holds the server's files; made if missing
	Source Source // which program; empty means the one that made Dir, else System, else Npm
	Port   int    // on 127.0.0.1; 0 means any that is free
	Log    *slog.Logger

	// Fast switches off what protects data from a power cut. For tests that
	// throw the data away; never for one that measures speed or safety.
	Fast bool
}

// Server is a running PostgreSQL.
type Server struct {
	dir      string
	password string
	port     int
	child    *child

	stop    sync.Once
	stopErr error
	release func()
}

// Start starts the server and returns once it answers: after about a second
// in a new folder, sooner in an old one. ctx bounds the start only.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("locate database folder: %w", err)
	}
	who, err := prepareFolder(dir)
	if err != nil {
		return nil, err
	}
	release, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, release: release}
	if err := s.start(ctx, cfg, who); err != nil {
		release()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, cfg Config, who account) error {
	began := time.Now()
	prog, err := findProgram(ctx, s.dir, cfg.Source, who)
	if err != nil {
		return err
	}
	if s.password, err = superuserPassword(s.dir); err != nil {
		return err
	}
	if err := initialise(ctx, s.dir, s.password, prog, who, cfg.Fast); err != nil {
		return err
	}
	if err := awaitPredecessor(ctx, s.dataDir()); err != nil {
		return err
	}
	if err := s.launch(ctx, cfg, prog, who); err != nil {
		return err
	}
	cfg.Log.Info("postgresql started", "version", prog.version, "source", string(prog.source),
		"dir", s.dir, "port", s.port, "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// SuperURL is the address of the database "postgres" for the superuser.
func (s *Server) SuperURL() string { return superAddress(s.password, s.port) }

// CreateService makes or completes the database qihe_<service> with its two
// roles and returns the addresses for <service>_owner and for <service>.
func (s *Server) CreateService(ctx context.Context, service string) (ownerURL, runURL string, err error) {
	return Provision(ctx, s.SuperURL(), service, "qihe_"+service)
}

// Dir is the folder that holds the server's files.
func (s *Server) Dir() string { return s.dir }

// Pid is the process of the server, for tests that kill it.
func (s *Server) Pid() int { return s.child.cmd.Process.Pid }

// Exited is closed when the server has ended, whether asked to or not.
func (s *Server) Exited() <-chan struct{} { return s.child.exited }

// Stop ends all sessions, lets the server write its data and waits for its end.
func (s *Server) Stop() error {
	s.stop.Do(func() {
		s.stopErr = s.child.stop()
		s.release()
	})
	return s.stopErr
}

func (s *Server) dataDir() string { return filepath.Join(s.dir, "data") }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
