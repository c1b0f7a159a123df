// Package cutwire lets a test lose a database's reply: a connection that is
// cut at the moment when the server has done its work and is about to say so,
// as a restart or a bad cable would.
package cutwire

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
)

// Line carries connections to a database and can cut one.
type Line struct {
	URL string // of the database, by way of the line

	server string
	at     atomic.Pointer[[]byte]
	after  atomic.Pointer[[]byte]
	cuts   atomic.Int64
}

// New returns a line to the database at address. It is closed when the test ends.
func New(t testing.TB, address string) *Line {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	l := &Line{server: u.Host}
	u.Host = listener.Addr().String()
	l.URL = u.String()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(client)
		}
	}()
	return l
}

// CutAt arms the line: the next reply that holds the command tag, such as
// "INSERT 0 1" or "COMMIT", is swallowed and its connection closed. Once.
func (l *Line) CutAt(tag string) {
	b := []byte(tag)
	l.at.Store(&b)
}

// ResetAfter arms the line: the next reply that holds the text, such as an
// error's, arrives, and then its connection is reset. Once.
func (l *Line) ResetAfter(text string) {
	b := []byte(text)
	l.after.Store(&b)
}

// Cuts returns how many replies were swallowed.
func (l *Line) Cuts() int { return int(l.cuts.Load()) }

func (l *Line) carry(client net.Conn) {
	defer func() { _ = client.Close() }()
	database, err := net.Dial("tcp", l.server)
	if err != nil {
		return
	}
	defer func() { _ = database.Close() }()
	go func() {
		_, _ = io.Copy(database, client)
		_ = database.Close()
	}()
	for buffer := make([]byte, 64<<10); ; {
		n, err := database.Read(buffer)
		if tag := l.at.Load(); tag != nil && bytes.Contains(buffer[:n], *tag) && l.at.CompareAndSwap(tag, nil) {
			l.cuts.Add(1)
			return
		}
		if _, writeErr := client.Write(buffer[:n]); err != nil || writeErr != nil {
			return
		}
		if text := l.after.Load(); text != nil && bytes.Contains(buffer[:n], *text) && l.after.CompareAndSwap(text, nil) {
			l.cuts.Add(1)
			_ = client.(*net.TCPConn).SetLinger(0) // a reset, not a farewell
			return
		}
	}
}
