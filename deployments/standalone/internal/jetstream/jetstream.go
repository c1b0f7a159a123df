// Package jetstream runs a NATS server with JetStream inside this process.
package jetstream

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/qihe-volunteers/qihe/shared/bus"
)

// Server is a running NATS server that only this computer reaches, and only who
// knows a password: each service its own, with which it may do what is its own to do.
type Server struct {
	URL string // of who may do everything

	urls    map[string]string // by user
	options server.Options
	log     *slog.Logger
	server  *server.Server
}

// Start starts a server that keeps its streams in dir. Every acknowledged
// message is on the disk: without that a power cut takes whole streams along.
func Start(dir string, log *slog.Logger, users ...bus.Access) (*Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for streams: %w", err)
	}
	s := &Server{log: log, urls: map[string]string{}, options: server.Options{
		ServerName:         "qihe",
		Host:               "127.0.0.1",
		Port:               server.RANDOM_PORT,
		Users:              []*server.User{{Username: "standalone", Password: rand.Text()}}, // new with every process: nobody has to keep it
		JetStream:          true,
		StoreDir:           dir,
		SyncAlways:         true,
		JetStreamMaxMemory: 64 << 20,
		JetStreamMaxStore:  64 << 30, // what the streams together may ask for; each keeps to its own limit
		NoSigs:             true,
	}}
	for _, u := range users {
		s.options.Users = append(s.options.Users, &server.User{Username: u.User, Password: rand.Text(), Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Allow: u.Publish()}, Subscribe: &server.SubjectPermission{Allow: u.Subscribe()},
		}})
	}
	if err := s.Start(); err != nil {
		return nil, err
	}
	s.options.Port = s.server.Addr().(*net.TCPAddr).Port
	for _, u := range s.options.Users {
		s.urls[u.Username] = fmt.Sprintf("nats://%s:%s@127.0.0.1:%d", u.Username, u.Password, s.options.Port)
	}
	s.URL = s.urls["standalone"]
	return s, nil
}

// URLOf is the address with a service's own password.
func (s *Server) URLOf(user string) string { return s.urls[user] }

// Start starts a stopped server again, at the address and on the streams it had.
func (s *Server) Start() error {
	options := s.options // the server keeps what it is given
	ns, err := server.NewServer(&options)
	if err != nil {
		return fmt.Errorf("make NATS server: %w", err)
	}
	ns.SetLoggerV2(logger{s.log}, false, false, false)
	go ns.Start()
	if !ns.ReadyForConnections(10 * time.Second) {
		ns.Shutdown()
		return errors.New("NATS server is not ready after 10 s")
	}
	if !ns.JetStreamEnabled() {
		ns.Shutdown()
		return fmt.Errorf("JetStream cannot use %s", s.options.StoreDir)
	}
	s.server = ns
	return nil
}

// Stop closes all connections and writes what is left to write.
func (s *Server) Stop() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
}

// logger passes the server's complaints on; its chatter is dropped.
type logger struct{ log *slog.Logger }

func (l logger) Noticef(format string, v ...any) {
	l.log.Debug("nats", "line", fmt.Sprintf(format, v...))
}
func (l logger) Warnf(format string, v ...any) { l.log.Warn("nats", "line", fmt.Sprintf(format, v...)) }
func (l logger) Errorf(format string, v ...any) {
	l.log.Error("nats", "line", fmt.Sprintf(format, v...))
}
func (l logger) Fatalf(format string, v ...any) {
	l.log.Error("nats", "line", fmt.Sprintf(format, v...))
}
func (l logger) Debugf(string, ...any) {}
func (l logger) Tracef(string, ...any) {}
