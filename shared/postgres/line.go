package postgres

import (
	"context"
	"net"
	"sync"
	"time"
)

// line is a network connection to a server of a pair. It can be closed from
// outside, and one that asks what a server is takes silence for an error.
type line struct {
	net.Conn
	silence time.Duration // 0: an answer may take as long as it takes
	once    sync.Once
	leave   func(*line)
}

func (l *line) Read(b []byte) (int, error) {
	if l.silence > 0 {
		if err := l.SetReadDeadline(time.Now().Add(l.silence)); err != nil {
			return 0, err
		}
	}
	return l.Conn.Read(b)
}

func (l *line) Close() error {
	if l.leave != nil {
		l.once.Do(func() { l.leave(l) })
	}
	return l.Conn.Close()
}

// dialer makes lines, and asks to whether one may be used.
type dialer struct {
	silence time.Duration
	to      func(*line) error
	leave   func(*line)
}

func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{KeepAlive: 15 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l := &line{Conn: conn, silence: d.silence, leave: d.leave}
	if d.to != nil {
		if err := d.to(l); err != nil {
			_ = conn.Close()
			return nil, err
		}
	}
	return l, nil
}

// Dial and DialTimeout are what the driver calls a dialer that knows no context.
func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}
