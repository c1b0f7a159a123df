package city

import (
	"context"
	"log/slog"
	"net"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
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
	var listeners [4]net.Listener
	var urls [4]string
	var err error
	for i := range urls {
		if listeners[i], urls[i], err = r.openInside(ctx); err != nil {
			return err
		}
	}
	toTeams := teams.Config{
		Listener: listeners[0], NATSURL: r.nats.URL, PortalURL: r.portalURL, InternalSecret: r.keys.Internal,
		KeyFile: r.keys.VaultKeyFile, Messages: r.Messages, CodesPerAddressHour: codesPerHour, Clock: r.Clock, Log: r.log("teams"),
		// A passkey belongs to a name: on this computer to localhost.
		SiteURL: strings.Replace(r.URL, "//127.0.0.1", "//localhost", 1),
	}
	toTasks := tasks.Config{
		Listener: listeners[1], NATSURL: r.nats.URL, PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
		SiteURL: strings.Replace(r.URL, "//127.0.0.1", "//localhost", 1), Clock: r.Clock, Log: r.log("tasks"),
	}
	toHours := hours.Config{
		Listener: listeners[2], NATSURL: r.nats.URL, PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
		LogKeyFile: r.keys.LogKeyFile, KeyFile: r.keys.PaperKeyFile, SiteURL: strings.Replace(r.URL, "//127.0.0.1", "//localhost", 1), Clock: r.Clock, Log: r.log("hours"),
	}
	toPairings := pairings.Config{
		Listener: listeners[3], NATSURL: r.nats.URL, PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
		KeyFile: r.keys.ChildKeyFile, LogKeyFile: r.keys.OpeningsKeyFile, Clock: r.Clock, Log: r.log("pairings"),
	}
	for name, databases := range map[string][2]*string{
		"teams":    {&toTeams.OwnerDatabaseURL, &toTeams.DatabaseURL},
		"tasks":    {&toTasks.OwnerDatabaseURL, &toTasks.DatabaseURL},
		"hours":    {&toHours.OwnerDatabaseURL, &toHours.DatabaseURL},
		"pairings": {&toPairings.OwnerDatabaseURL, &toPairings.DatabaseURL},
	} {
		if *databases[0], *databases[1], err = r.postgres.CreateService(ctx, name); err != nil {
			return err
		}
	}
	r.services = []service{
		{"teams", urls[0], with(teams.Run, toTeams), loading(teams.LoadDemo, toTeams)},
		{"tasks", urls[1], with(tasks.Run, toTasks), loading(tasks.LoadDemo, toTasks)},
		{"hours", urls[2], with(hours.Run, toHours), loading(hours.LoadDemo, toHours)},
		{"pairings", urls[3], with(pairings.Run, toPairings), loading(pairings.LoadDemo, toPairings)},
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
		Listener: r.listener, Inside: r.portalInside, HTTPS: r.options.secure(), TeamsURL: r.services[0].url, TasksURL: r.services[1].url, HoursURL: r.services[2].url,
		PairingsURL: r.services[3].url, NATSURL: r.nats.URL, KeyFile: r.keys.SigningKeyFile, InternalSecret: r.keys.Internal,
		Extra: r.Messages.Handlers(), Clock: r.Clock, Log: r.log("portal"),
	})
}
