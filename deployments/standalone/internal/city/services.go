package city

import (
	"context"
	"log/slog"
	"net"
	"net/http"
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
	siteURL := r.siteURL()
	toTeams := teams.Config{
		Listener: listeners[0], NATSURL: r.nats.URLOf(teams.Bus.User), PortalURL: r.portalURL, InternalSecret: r.keys.Internal,
		KeyFile: r.keys.VaultKeyFile, Clock: r.Clock, Log: r.log("teams"), SiteURL: siteURL,
	}
	if r.options.SMS.Sends() {
		toTeams.SMS = r.options.SMS
	} else {
		toTeams.Messages, toTeams.CodesPerAddressHour = r.Messages, codesPerHour
	}
	toTasks := tasks.Config{
		Listener: listeners[1], NATSURL: r.nats.URLOf(tasks.Bus.User), PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
		SiteURL: siteURL, Clock: r.Clock, Log: r.log("tasks"),
	}
	toHours := hours.Config{
		Listener: listeners[2], NATSURL: r.nats.URLOf(hours.Bus.User), PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
		LogKeyFile: r.keys.LogKeyFile, KeyFile: r.keys.PaperKeyFile, SiteURL: siteURL, Clock: r.Clock, Log: r.log("hours"),
	}
	toPairings := pairings.Config{
		Listener: listeners[3], NATSURL: r.nats.URLOf(pairings.Bus.User), PortalURL: r.portalURL, TeamsURL: urls[0], InternalSecret: r.keys.Internal,
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

// siteURL is the address that stands in printed codes and to which passkeys belong:
// a name, for on this computer that is localhost.
func (r *Running) siteURL() string {
	if r.options.SiteURL != "" {
		return strings.TrimSuffix(r.options.SiteURL, "/")
	}
	return strings.Replace(r.URL, "//127.0.0.1", "//localhost", 1)
}

func (r *Running) runPortal(ctx context.Context) error {
	var extra map[string]http.Handler
	if !r.options.SMS.Sends() {
		extra = r.Messages.Handlers()
	}
	return portal.Run(ctx, portal.Config{
		Listener: r.listener, Inside: r.portalInside, HTTPS: r.options.secure(), TeamsURL: r.services[0].url, TasksURL: r.services[1].url, HoursURL: r.services[2].url,
		PairingsURL: r.services[3].url, NATSURL: r.nats.URLOf(portal.Bus.User), KeyFile: r.keys.SigningKeyFile, InternalSecret: r.keys.Internal,
		Extra: extra, Site: r.options.Site, Access: r.options.Access, Clock: r.Clock, Log: r.log("portal"),
	})
}
