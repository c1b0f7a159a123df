package city

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// listen opens the web page's port before anything else is done, so that a
// port that is taken is known at once. Without TLS only this computer may reach
// it: browsers keep our cookie, and nobody on the way may read it.
func (o Options) listen(ctx context.Context) (net.Listener, error) {
	host, err := o.host()
	if err != nil {
		return nil, err
	}
	listener, err := open(ctx, host, o.Port)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("端口 %[1]d 已被别的程序占用。请换一个端口，例如：--port %[2]d\n"+
			"Port %[1]d is taken by another program. Choose another one, for instance: --port %[2]d", o.Port, freePort(ctx, host, o.Port))
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("没有权限使用端口 %[1]d。请用 1024 以上的端口，例如：--port 8080\n"+
			"Port %[1]d is not allowed for this user. Choose one above 1024, for instance: --port 8080", o.Port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("这台电脑没有地址 %[1]s。\nThis computer has no address %[1]s", host)
	case err != nil:
		return nil, fmt.Errorf("open port %d: %w", o.Port, err)
	}
	return listener, nil
}

// host is where to listen: by default on all addresses with TLS, on loopback without.
func (o Options) host() (string, error) {
	if o.Listen == "" {
		if o.secure() {
			return "", nil
		}
		return loopback, nil
	}
	if o.Listen == "localhost" {
		return loopback, nil
	}
	ip, err := netip.ParseAddr(o.Listen)
	if err != nil {
		return "", fmt.Errorf("--listen 后面要写一个 IP 地址，例如 0.0.0.0 或 192.168.1.5：%[1]s\n"+
			"--listen wants an IP address, like 0.0.0.0 or 192.168.1.5: %[1]s", o.Listen)
	}
	if !ip.IsLoopback() && !o.secure() {
		return "", fmt.Errorf("不加密时只能在本机使用，不能监听 %[1]s。要让其他设备访问，请加上 --tls，或用 --tls-cert 和 --tls-key 给出证书。\n"+
			"Without encryption Qihe answers this computer only and cannot listen on %[1]s. For other devices add --tls, or give a certificate by --tls-cert and --tls-key", o.Listen)
	}
	return ip.String(), nil
}

const loopback = "127.0.0.1"

func open(ctx context.Context, host string, port int) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
}

// freePort finds a port near the wanted one that nobody uses now.
func freePort(ctx context.Context, host string, wanted int) int {
	for port := wanted + 1; port < wanted+100 && port < 1<<16; port++ {
		if listener, err := open(ctx, host, port); err == nil {
			_ = listener.Close()
			return port
		}
	}
	return 0 // any
}

// openInside opens a port that only this computer reaches, for what a part of
// the city says to the others. It stays open from here on, so that nobody else can take it.
func (r *Running) openInside(ctx context.Context) (listener net.Listener, url string, err error) {
	if listener, err = open(ctx, loopback, 0); err != nil {
		return nil, "", fmt.Errorf("find a free port: %w", err)
	}
	r.inside = append(r.inside, listener)
	return listener, "http://" + listener.Addr().String(), nil
}
