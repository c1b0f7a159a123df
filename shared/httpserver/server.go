// Package httpserver is the HTTP face every service has in common: how a
// request is named, logged, limited, authenticated and checked against the
// contract, and how an error becomes an answer a person can read.
package httpserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
)

const (
	maxBody   = "1M"            // the largest request body a service reads, but for uploads
	uploading = 5 * time.Minute // how long a file may take on a weak network
)

// Config is what a service tells its HTTP server.
type Config struct {
	Service  string // for log lines and metrics: "tasks"
	Log      *slog.Logger
	Verifier *auth.Verifier                  // checks the portal's tokens; nil where nobody signs in
	Ready    func(ctx context.Context) error // nil answer: ready to serve
	Untold   []string                        // how routes begin of which no record of visits tells: whoever asks there is protected
}

// Server is an Echo instance with the common middleware, ready for routes.
type Server struct {
	*echo.Echo

	uploads map[string]echo.MiddlewareFunc // paths to which files are sent, with their limit

	closing chan struct{} // closed when the server stops: open event streams end
	secret  string        // that other services show; empty: there are no routes for them
}

// New returns a server without routes but /healthz, /readyz and /metrics.
func New(cfg Config) *Server {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = handleError(cfg.Log)
	s := &Server{Echo: e, uploads: map[string]echo.MiddlewareFunc{}, closing: make(chan struct{})}

	if cfg.Verifier != nil { // who asks comes through the portal
		e.Use(tellRoute(cfg.Untold))
	}
	e.Use(requestID, telemetry.Trace(cfg.Service), accessLog(cfg.Log), telemetry.HTTP(cfg.Service), recoverer(),
		s.limitBody(), s.caller(cfg.Verifier))

	e.GET("/healthz", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	e.GET("/readyz", func(c echo.Context) error {
		if err := cfg.Ready(c.Request().Context()); err != nil {
			cfg.Log.Warn("not ready", "error", err)
			return c.NoContent(http.StatusServiceUnavailable)
		}
		return c.NoContent(http.StatusNoContent)
	})
	e.GET("/metrics", telemetry.Handler())
	return s
}

// Uploads names a path to which whole files are posted: they may be larger than
// other requests, as "21M" says, and take longer. Most should leave room to say
// kindly that a file is too large. It must be called before serving.
func (s *Server) Uploads(most, path string) { s.uploads[path] = middleware.BodyLimit(most) }

func (s *Server) limitBody() echo.MiddlewareFunc {
	small := middleware.BodyLimit(maxBody)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		usual := small(next)
		return func(c echo.Context) error {
			large, ok := s.uploads[c.Request().URL.Path]
			if !ok || c.Request().Method != http.MethodPost {
				return usual(c)
			}
			// A recorder in a test has no deadline to put off.
			_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(uploading))
			return large(next)(c)
		}
	}
}

// recoverer makes an error of a panic, which is answered and logged like any fault.
func recoverer() echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{
		DisableStackAll:     true,
		DisableErrorHandler: true,
		LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
			return fmt.Errorf("panic: %w\n%s", err, stack)
		},
	})
}

// Run serves on address until ctx ends, then lets open requests finish for up
// to five seconds. Event streams are closed first, or they would hold it up.
func (s *Server) Run(ctx context.Context, address string) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", address, err)
	}
	return s.Serve(ctx, listener)
}

// ServeAt is Serve on the listener, or Run on address when there is none.
func (s *Server) ServeAt(ctx context.Context, listener net.Listener, address string) error {
	if listener != nil {
		return s.Serve(ctx, listener)
	}
	return s.Run(ctx, address)
}

// Serve is Run on a listener that is already open.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	srv := &http.Server{
		Handler:           s.Echo,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()

	select {
	case err := <-failed:
		return fmt.Errorf("serve http: %w", err)
	case <-ctx.Done():
	}
	close(s.closing)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	switch err := srv.Shutdown(grace); {
	case errors.Is(err, context.DeadlineExceeded):
		return srv.Close() // whoever still waits has waited long enough
	case err != nil:
		return fmt.Errorf("stop http: %w", err)
	}
	return nil
}
