// Command qihe-setup does what has to be done around the services of an
// installation in containers, where there is no shell:
//
//	qihe-setup prepare FOLDER HOST    passwords and keys, once; what is there stays
//	qihe-setup kubernetes FOLDER HOST the same, and secrets.json for kubectl; QIHE_SUPERUSER_URL says where PostgreSQL is
//	qihe-setup databases              a database and two roles for each service
//	qihe-setup keys FROM TO           copies keys where only the program can read them
//	qihe-setup ready URL              exit status 0 when it answers
//	qihe-setup hub FOLDER HOST CODE:NAME…             passwords for a hub of a province, and who may connect to it
//	qihe-setup hub-kubernetes FOLDER HOST CODE:NAME…  the same, and secrets.json
//	qihe-setup standby [ACT] [--yes]  how the primary and its standby are; promote | alone | together
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 3 && args[0] == "prepare":
		return setup.Prepare(args[1], args[2])
	case len(args) == 3 && args[0] == "kubernetes":
		return setup.Kubernetes(args[1], args[2], os.Getenv(setup.SuperuserURL))
	case len(args) == 3 && args[0] == "keys":
		return setup.Keys(args[1], args[2])
	case len(args) == 1 && args[0] == "databases":
		return setup.Databases(ctx, os.Getenv(setup.SuperuserURL))
	case len(args) == 2 && args[0] == "ready":
		return setup.Ready(ctx, args[1])
	case len(args) >= 4 && args[0] == "hub":
		return setup.Hub(args[1], args[2], args[3:])
	case len(args) >= 4 && args[0] == "hub-kubernetes":
		return setup.HubKubernetes(args[1], args[2], os.Getenv(setup.SuperuserURL), args[3:])
	case len(args) >= 1 && args[0] == "standby":
		return setup.Standby(ctx, os.Stdout, os.Getenv(setup.SuperuserURL), args[1:])
	}
	return fmt.Errorf("用法 usage: qihe-setup prepare FOLDER HOST | kubernetes FOLDER HOST | databases | keys FROM TO | ready URL | hub FOLDER HOST CODE:NAME… | hub-kubernetes FOLDER HOST CODE:NAME… | standby [promote | alone | together] [--yes]")
}
