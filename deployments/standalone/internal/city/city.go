// Package city runs all of Qihe in this process: every service by the same Run
// that production uses, on a PostgreSQL and a NATS server of its own.
//
// The start goes from the ground up, the stop from the top down:
//
//	data folder → keys → certificate → PostgreSQL, NATS → databases → demo city (once) → streams → services → portal
//
// The demo city is loaded before any service runs, because its large
// transactions would hold up the relays. A load that was interrupted leaves a
// note behind, and the next start begins again with empty databases: nobody
// can have entered anything yet.
package city

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/authority"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/folder"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/jetstream"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/messages"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/secrets"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/localpg"
)

// Options say where and how a city runs.
type Options struct {
	Data  string    // the data folder; it must be reachable for other users when we are root (PostgreSQL runs as one)
	Port  int       // of the web page; 0 means any that is free
	Empty bool      // no demo city in a new folder
	Scale float64   // of the demo city: 1 is the whole of it; 0 means a hundredth
	Day   time.Time // which day it is in the city; zero means today
	Log   *slog.Logger
	Say   func(text string) // tells a person what takes its time; may be nil

	// WallGap is how often a screen on a wall is told something new at most; zero
	// is the usual second. A test in which a week passes shortens it.
	WallGap time.Duration

	// Progress hears how much of the demo city is loaded, in percent, and what
	// is being done; from one goroutine at a time. May be nil.
	Progress func(percent int, doing string)

	Listen            string // address of the web page; empty is loopback, or with TLS every address
	TLS               bool   // with a certificate from an authority of our own
	CertFile, KeyFile string // TLS with a certificate that is there

	SiteURL string       // by which address people come, https://qihe.lan; empty is this computer
	Site    portal.Site  // what the foot of a page says
	SMS     teams.SMS    // who delivers text messages; without a gateway this computer shows them
	Access  *slog.Logger // hears of each visit; may be nil

	// Although starts a city on a clock that is behind what its databases have recorded.
	Although bool
}

// Running is a city that runs until Stop.
type Running struct {
	URL         string               // the web page's address
	Elsewhere   []string             // its addresses for other devices; only with TLS
	MessagesURL string               // where this computer shows the text messages; empty when a gateway delivers them
	Authority   *authority.Authority // of the certificate; nil without TLS or with a given certificate
	Accounts    []demo.Account       // whom one can sign in as; none in an empty city
	Messages    *messages.Gateway    // the text messages that phones would have got
	Clock       *clock.Shifted       // the city's time; a test can leap ahead

	options      Options
	listener     net.Listener   // the web page's
	inside       []net.Listener // everybody else's
	portalInside net.Listener   // one of them
	portalURL    string         // its address
	folder       *folder.Folder
	keys         secrets.Secrets
	postgres     *localpg.Server
	nats         *jetstream.Server
	services     []service
	layers       []*layer // in the order of their start
	failed       chan error
}

// Start starts a city and returns when it answers. ctx bounds the start only.
func Start(ctx context.Context, o Options) (*Running, error) {
	if o.Scale == 0 {
		o.Scale = 0.01
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
	r := &Running{options: o, Clock: &clock.Shifted{}, failed: make(chan error, 8)}
	r.Messages = messages.New(r.Clock, o.Log)
	if err := r.start(ctx); err != nil {
		return nil, errors.Join(err, r.Stop())
	}
	return r, nil
}

func (r *Running) start(ctx context.Context) error {
	var err error
	if r.listener, err = r.options.listen(ctx); err != nil {
		return err
	}
	if r.folder, err = folder.Hold(r.options.Data); err != nil {
		return err
	}
	note, err := r.readNote()
	if err != nil {
		return err
	}
	if r.keys, err = secrets.Ensure(r.folder.Join("keys")); err != nil {
		return err
	}
	if err := r.openDoors(ctx); err != nil {
		return err
	}
	if err := r.startServers(ctx); err != nil {
		return err
	}
	if err := r.describeServices(ctx); err != nil {
		return err
	}
	r.setClock(note)
	if err := r.checkClock(ctx, note); err != nil {
		return err
	}
	if err := r.settle(ctx, note); err != nil {
		return err
	}
	if err := r.makeStreams(ctx); err != nil {
		return err
	}
	return r.startServices(ctx)
}

// startServers starts PostgreSQL and NATS side by side.
func (r *Running) startServers(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		r.postgres, err = localpg.Start(ctx, localpg.Config{Dir: r.folder.Join("postgres"), Log: r.options.Log.With("service", "postgresql")})
		return err
	})
	group.Go(func() (err error) {
		r.nats, err = jetstream.Start(r.folder.Join("nats"), r.options.Log.With("service", "nats"),
			teams.Bus, tasks.Bus, hours.Bus, pairings.Bus, portal.Bus)
		return err
	})
	if err := group.Wait(); err != nil {
		return err
	}
	go func() {
		<-r.postgres.Exited()
		r.fail(errors.New("PostgreSQL has ended"))
	}()
	return nil
}

// makeStreams makes the services' streams before anybody listens to them: each
// service makes only its own, and the others would wait and say so.
func (r *Running) makeStreams(ctx context.Context) error {
	b, err := bus.Connect(ctx, r.nats.URL, "standalone", slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer b.Close()
	for _, stream := range []string{teamsv1.Stream, tasksv1.Stream, hoursv1.Stream, pairingsv1.Stream} {
		if err := b.EnsureStream(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// startServices starts the services, then the portal, each layer when the one below answers.
func (r *Running) startServices(ctx context.Context) error {
	services := r.newLayer()
	for _, s := range r.services {
		services.run(s.name, s.run)
	}
	for _, s := range r.services {
		if err := r.await(ctx, s.url); err != nil {
			return fmt.Errorf("%s does not get ready: %w", s.name, err)
		}
	}
	r.newLayer().run("portal", r.runPortal)
	if err := r.await(ctx, r.portalURL); err != nil {
		return fmt.Errorf("portal does not get ready: %w", err)
	}
	return nil
}

// NATSURL is where the city's post office listens, for a test that speaks for a service.
func (r *Running) NATSURL() string { return r.nats.URL }

// Failed yields an error when a part of the city has ended by itself; stop the rest then.
func (r *Running) Failed() <-chan error { return r.failed }

func (r *Running) fail(err error) {
	select {
	case r.failed <- err:
	default: // one is enough to stop
	}
}

// Stop stops everything that was started, last things first, and returns when
// the data folder is free again.
func (r *Running) Stop() error {
	var errs []error
	for i := len(r.layers) - 1; i >= 0; i-- {
		errs = append(errs, r.layers[i].stop())
	}
	r.layers = nil
	if r.nats != nil {
		r.nats.Stop()
	}
	if r.postgres != nil {
		errs = append(errs, r.postgres.Stop())
	}
	if r.listener != nil {
		_ = r.listener.Close() // who serves on it closes it too, but may never have started
	}
	for _, l := range r.inside {
		_ = l.Close()
	}
	if r.folder != nil {
		r.folder.Release()
	}
	return errors.Join(errs...)
}
