package city

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// listen opens the web page's port before anything else is done, so that a
// port that is taken is known at once.
func listen(ctx context.Context, port int) (net.Listener, error) {
	listener, err := open(ctx, port)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("端口 %[1]d 已被别的程序占用。请换一个端口，例如：--port %[2]d\n"+
			"Port %[1]d is taken by another program. Choose another one, for instance: --port %[2]d", port, freePort(ctx, port))
	}
	if errors.Is(err, syscall.EACCES) {
		return nil, fmt.Errorf("没有权限使用端口 %[1]d。请用 1024 以上的端口，例如：--port 8080\n"+
			"Port %[1]d is not allowed for this user. Choose one above 1024, for instance: --port 8080", port)
	}
	if err != nil {
		return nil, fmt.Errorf("open port %d: %w", port, err)
	}
	return listener, nil
}

func open(ctx context.Context, port int) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

// freePort finds a port near the wanted one that nobody uses now.
func freePort(ctx context.Context, wanted int) int {
	for port := wanted + 1; port < wanted+100 && port < 1<<16; port++ {
		if listener, err := open(ctx, port); err == nil {
			_ = listener.Close()
			return port
		}
	}
	return 0 // any
}

// freeAddresses returns addresses on 127.0.0.1 that nobody uses now. They are
// asked for together, so that all are different.
func freeAddresses(ctx context.Context, n int) ([]string, error) {
	var addresses []string
	for range n {
		listener, err := open(ctx, 0)
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer func() { _ = listener.Close() }() // only when all are found
		addresses = append(addresses, listener.Addr().String())
	}
	return addresses, nil
}
