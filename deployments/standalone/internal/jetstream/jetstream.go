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
)

// Server is a running NATS server that only this computer reaches, and only
// who knows the address with its token.
type Server struct {
	URL string

	server *server.Server
}

// Start starts a server that keeps its streams in dir. Every acknowledged
// message is on the disk: without that a power cut takes whole streams along.
func Start(dir string, log *slog.Logger) (*Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for streams: %w", err)
	}
	token := rand.Text() // new at every start: nobody has to keep it
	ns, err := server.NewServer(&server.Options{
		ServerName:         "qihe",
		Host:               "127.0.0.1",
		Port:               server.RANDOM_PORT,
		Authorization:      token,
		JetStream:          true,
		StoreDir:           dir,
		SyncAlways:         true,
		JetStreamMaxMemory: 64 << 20,
		JetStreamMaxStore:  64 << 30, // what the streams together may ask for; each keeps to its own limit
		NoSigs:             true,
	})
	if err != nil {
		return nil, fmt.Errorf("make NATS server: %w", err)
	}
	ns.SetLoggerV2(logger{log}, false, false, false)
	go ns.Start()
	if !ns.ReadyForConnections(10 * time.Second) {
		ns.Shutdown()
		return nil, errors.New("NATS server is not ready after 10 s")
	}
	if !ns.JetStreamEnabled() {
		ns.Shutdown()
		return nil, fmt.Errorf("JetStream cannot use %s", dir)
	}
	return &Server{URL: fmt.Sprintf("nats://%s@127.0.0.1:%d", token, ns.Addr().(*net.TCPAddr).Port), server: ns}, nil
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
