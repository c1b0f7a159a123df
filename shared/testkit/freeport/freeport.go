// Package freeport finds ports for programs that must be told where to listen
// before they start.
//
// To listen on port 0 and to let go is not enough: the kernel gives such a
// port to any connection that is opened before the program listens, and tests
// open thousands. So these ports are below those that it gives out. And two tests,
// in one process or in two, never get the same one: as long as a test runs, it holds
// the UDP port of the same number.
package freeport

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// Linux gives out ports from 32768 on, others from 49152 on.
const lowest, beyond = 10_100, 32_768

// Take returns a port of 127.0.0.1 that is the test's until it ends.
func Take(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := lowest + rand.IntN(beyond-lowest)
		held, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", address(port))
		if err != nil {
			continue
		}
		l, err := net.Listen("tcp", address(port))
		if err != nil {
			_ = held.Close()
			continue
		}
		_ = l.Close()
		t.Cleanup(func() { _ = held.Close() })
		return port
	}
	t.Fatal("no port is free")
	return 0
}

// Address is 127.0.0.1 with a port that is the test's until it ends.
func Address(t testing.TB) string {
	t.Helper()
	return address(Take(t))
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
