package setup

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SuperuserURL names the variable with the address of PostgreSQL's superuser,
// which only Databases is told.
const SuperuserURL = "QIHE_SUPERUSER_URL"

// Databases makes or completes every service's database, with its owner and its
// run-time role, on the server at superURL, or on the primary of two. It may be done at every start.
func Databases(ctx context.Context, superURL string) error {
	if superURL == "" {
		return fmt.Errorf("%s is not set", SuperuserURL)
	}
	superURL, err := postgres.Primary(ctx, superURL)
	if err != nil {
		return err
	}
	for _, service := range Services {
		if _, _, err := localpg.Provision(ctx, superURL, service, "qihe_"+service); err != nil {
			return err
		}
	}
	return nil
}

// Ready returns nil when the address answers that all is well: a container of
// nothing but our programs has no other to ask.
func Ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("%s answers %s", url, res.Status)
	}
	return nil
}
