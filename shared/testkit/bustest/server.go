// Package bustest gives a test a NATS server of its own, and delivers events
// to a consumer in all the ways the bus may deliver them.
package bustest

import (
	"net"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Server is an embedded NATS server with JetStream, which keeps its files in
// the test's folder and can be stopped and started again on the same port.
type Server struct {
	URL string

	t      testing.TB
	dir    string
	safe   bool // every message is on the disk before it is acknowledged
	bare   bool // without JetStream
	port   int
	server *server.Server
}

// Start returns the address of a fresh server, which is stopped when the test ends.
func Start(t testing.TB) string {
	t.Helper()
	return StartServer(t).URL
}

// StartSafe is Start for what measures: the server keeps messages as safely as
// in production, which is slower.
func StartSafe(t testing.TB) string {
	t.Helper()
	return start(&Server{t: t, dir: t.TempDir(), port: server.RANDOM_PORT, safe: true}).URL
}

// StartBare returns the address of a server that takes connections and can store
// nothing, as one that is cut off from the others.
func StartBare(t testing.TB) string {
	t.Helper()
	return start(&Server{t: t, dir: t.TempDir(), port: server.RANDOM_PORT, bare: true}).URL
}

// StartServer is Start for a test that stops and starts the server itself.
func StartServer(t testing.TB) *Server {
	t.Helper()
	return start(&Server{t: t, dir: t.TempDir(), port: server.RANDOM_PORT})
}

func start(s *Server) *Server {
	s.Start()
	s.port = s.server.Addr().(*net.TCPAddr).Port
	s.URL = s.server.ClientURL()
	s.t.Cleanup(s.Stop)
	return s
}

// Start starts the server again on the port and the files it had.
func (s *Server) Start() {
	s.t.Helper()
	ns, err := server.NewServer(&server.Options{
		ServerName:         "bustest",
		Host:               "127.0.0.1",
		Port:               s.port,
		JetStream:          !s.bare,
		StoreDir:           s.dir,
		JetStreamMaxStore:  1 << 40, // streams reserve what they may grow to; a test's disk need not have it
		JetStreamMaxMemory: 1 << 28,
		SyncAlways:         s.safe,
		NoLog:              true,
		NoSigs:             true,
	})
	if err != nil {
		s.t.Fatalf("make NATS server: %v", err)
	}
	go ns.Start()
	if !ns.ReadyForConnections(10 * time.Second) {
		s.t.Fatal("NATS server did not get ready within 10 s")
	}
	s.server = ns
}

// Folder is where the server keeps its files, for a test that damages them.
func (s *Server) Folder() string { return s.dir }

// Stop stops the server; what it stored stays.
func (s *Server) Stop() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
}

// StartFile returns a server as a configuration file has it, which is stopped when the test ends.
func StartFile(t testing.TB, path string) *server.Server {
	t.Helper()
	options, err := server.ProcessConfigFile(path)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	options.NoSigs, options.NoLog = true, true
	ns, err := server.NewServer(options)
	if err != nil {
		t.Fatalf("make NATS server: %v", err)
	}
	go ns.Start()
	t.Cleanup(func() { ns.Shutdown(); ns.WaitForShutdown() })
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS server did not get ready within 10 s")
	}
	return ns
}
