package freeport_test

import (
	"net"
	"strconv"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
)

func TestTake(t *testing.T) {
	t.Parallel()
	t.Run("many at once have as many ports, which nothing that connects somewhere can get", func(t *testing.T) {
		t.Parallel()
		var all sync.Map
		var wg sync.WaitGroup
		for range 200 {
			wg.Go(func() {
				port := freeport.Take(t)
				if _, twice := all.LoadOrStore(port, true); twice || port >= 32768 {
					t.Errorf("port %d, a second time: %t", port, twice)
				}
				l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
				if err != nil {
					t.Errorf("%d: %v", port, err)
					return
				}
				_ = l.Close()
			})
		}
		wg.Wait()
	})
	t.Run("it is the test's until it ends, listened to or not", func(t *testing.T) {
		t.Parallel()
		var address string
		t.Run("a test", func(t *testing.T) {
			address = freeport.Address(t)
			if held, err := net.ListenPacket("udp", address); err == nil {
				_ = held.Close()
				t.Errorf("another could take %s", address)
			}
		})
		held, err := net.ListenPacket("udp", address)
		if err != nil {
			t.Fatalf("after its end: %v", err)
		}
		_ = held.Close()
	})
}
