package city

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/demo"
)

// service is one of the services with its settings filled in.
type service struct {
	name string
	url  string
	run  func(context.Context) error
	load func(context.Context, *demo.City) error // its share of the demo city
}

// codesPerHour is how many sign-in codes this computer may ask for: enough to
// try the city with many people, where one address in the world gets ten.
const codesPerHour = 10_000

// describeServices makes the databases and fills in everybody's settings.
func (r *Running) describeServices(ctx context.Context) error {
	addresses, err := freeAddresses(ctx, 3)
	if err != nil {
		return err
	}
	teamsURL := "http://" + addresses[0]

	toTeams := teams.Config{
		Address: addresses[0], NATSURL: r.nats.URL, PortalURL: r.URL, InternalSecret: r.keys.Internal,
		KeyFile: r.keys.VaultKeyFile, Messages: r.Messages, CodesPerAddressHour: codesPerHour, Clock: r.Clock, Log: r.log("teams"),
	}
	toTasks := tasks.Config{
		Address: addresses[1], NATSURL: r.nats.URL, PortalURL: r.URL, TeamsURL: teamsURL, InternalSecret: r.keys.Internal,
		Clock: r.Clock, Log: r.log("tasks"),
	}
	toHours := hours.Config{
		Address: addresses[2], NATSURL: r.nats.URL, PortalURL: r.URL, TeamsURL: teamsURL, InternalSecret: r.keys.Internal,
		Clock: r.Clock, Log: r.log("hours"),
	}
	for name, urls := range map[string][2]*string{
		"teams": {&toTeams.OwnerDatabaseURL, &toTeams.DatabaseURL},
		"tasks": {&toTasks.OwnerDatabaseURL, &toTasks.DatabaseURL},
		"hours": {&toHours.OwnerDatabaseURL, &toHours.DatabaseURL},
	} {
		if *urls[0], *urls[1], err = r.postgres.CreateService(ctx, name); err != nil {
			return err
		}
	}
	r.services = []service{
		{"teams", teamsURL, with(teams.Run, toTeams), loading(teams.LoadDemo, toTeams)},
		{"tasks", "http://" + addresses[1], with(tasks.Run, toTasks), loading(tasks.LoadDemo, toTasks)},
		{"hours", "http://" + addresses[2], with(hours.Run, toHours), loading(hours.LoadDemo, toHours)},
	}
	return nil
}

func with[C any](run func(context.Context, C) error, cfg C) func(context.Context) error {
	return func(ctx context.Context) error { return run(ctx, cfg) }
}

func loading[C any](load func(context.Context, C, *demo.City) error, cfg C) func(context.Context, *demo.City) error {
	return func(ctx context.Context, c *demo.City) error { return load(ctx, cfg, c) }
}

func (r *Running) log(service string) *slog.Logger { return r.options.Log.With("service", service) }

func (r *Running) runPortal(ctx context.Context) error {
	return portal.Run(ctx, portal.Config{
		Listener: r.listener, TeamsURL: r.services[0].url, TasksURL: r.services[1].url, HoursURL: r.services[2].url,
		NATSURL: r.nats.URL, KeyFile: r.keys.SigningKeyFile, InternalSecret: r.keys.Internal,
		Extra: r.Messages.Handlers(), Clock: r.Clock, Log: r.log("portal"),
	})
}

// settle lets the demo city's people move in, unless somebody lives here or
// nobody is to.
func (r *Running) settle(ctx context.Context, n note) error {
	r.Accounts = n.Accounts
	if n.Ready || r.options.Empty {
		n.Ready, n.Shift = true, r.shift()
		return r.writeNote(n)
	}
	n.Shift = r.shift()
	if err := r.writeNote(n); err != nil {
		return err
	}
	began := time.Now()
	city, err := demo.NewCity(demo.Options{Scale: r.options.Scale, Day: r.Clock.Now()})
	if err != nil {
		return err
	}
	r.options.Say(fmt.Sprintf("正在建立演示城市：%d 支队伍、%d 名志愿者…… Building the demo city: %d brigades, %d volunteers …",
		len(city.Teams), len(city.Volunteers), len(city.Teams), len(city.Volunteers)))
	group, loading := errgroup.WithContext(ctx)
	for _, s := range r.services {
		group.Go(func() error {
			if err := s.load(loading, city); err != nil {
				return fmt.Errorf("load the demo city into %s: %w", s.name, err)
			}
			r.options.Log.Info("demo city loaded", "service", s.name, "took", time.Since(began).Round(time.Millisecond))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	r.options.Log.Info("demo city loaded", "scale", r.options.Scale, "took", time.Since(began).Round(time.Millisecond))
	r.Accounts = city.Accounts()
	return r.writeNote(note{Ready: true, Shift: n.Shift, Accounts: r.Accounts})
}
