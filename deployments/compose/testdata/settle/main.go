// Command settle lets the demo city of two months ago move into an installation's databases: it is built in the
// source of an older release, so that the tables are that release's (make upgrade). The environment is that of all
// services together.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/demo"
)

func main() {
	city, err := demo.NewCity(demo.Options{Scale: 0.01, Day: time.Now().AddDate(0, 0, -60)})
	for _, load := range []func() error{
		func() error { return err },
		func() error { return load("TEAMS_", city, teams.LoadDemo) },
		func() error { return load("TASKS_", city, tasks.LoadDemo) },
		func() error { return load("HOURS_", city, hours.LoadDemo) },
		func() error { return load("PAIRINGS_", city, pairings.LoadDemo) },
	} {
		if err := load(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	for _, account := range city.Accounts() {
		fmt.Println(account.Phone)
	}
}

func load[C any](prefix string, city *demo.City, load func(context.Context, C, *demo.City) error) error {
	return load(context.Background(), config.MustLoad[C](prefix), city)
}
