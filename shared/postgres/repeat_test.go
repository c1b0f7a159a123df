package postgres_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// The reason why every write is in InTx: the driver repeats a statement
// outside a transaction when the connection breaks before the reply.
func TestLostReply(t *testing.T) {
	t.Parallel()

	t.Run("a transaction whose reply is lost is not written twice, and says so", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		line := through(t, db.URL)
		flaky, err := postgres.Open(t.Context(), line.url, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flaky.Close() }()
		line.cut.Store(true)
		if err := flaky.InTx(t.Context(), insert(1)); !postgres.Unreachable(err) {
			t.Errorf("error = %v, want that the database is unreachable", err)
		}
		if n := count(t, db.Owner(t)); n > 1 {
			t.Errorf("%d rows, want at most one", n)
		}
	})

	t.Run("control: the same statement outside a transaction is written twice", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		line := through(t, db.URL)
		bare, err := sqlx.Connect("postgres", line.url)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = bare.Close() }()
		line.cut.Store(true)
		if _, err := bare.Exec("INSERT INTO seats (number) VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db.Owner(t)); n != 2 {
			t.Errorf("%d rows: the driver has changed, look again at the rule", n)
		}
	})
}

// line is a connection to the database that can be cut once, at the moment
// when the server has written a row and is about to say so.
type line struct {
	url string
	cut atomic.Bool
}

func through(t *testing.T, address string) *line {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	server := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	u.Host = listener.Addr().String()
	l := &line{url: u.String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(client, server)
		}
	}()
	return l
}

func (l *line) carry(client net.Conn, server string) {
	defer func() { _ = client.Close() }()
	database, err := net.Dial("tcp", server)
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
		if bytes.Contains(buffer[:n], []byte("INSERT 0 1")) && l.cut.CompareAndSwap(true, false) {
			return
		}
		if _, writeErr := client.Write(buffer[:n]); err != nil || writeErr != nil {
			return
		}
	}
}
