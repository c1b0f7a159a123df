package citytest

import (
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

// Run runs a city until the test ends.
func Run(t testing.TB, o city.Options) *city.Running {
	t.Helper()
	r, err := city.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Stop(); err != nil {
			t.Errorf("stop the city: %v", err)
		}
	})
	return r
}

// Change carries out statements in a service's database, with all rights.
func Change(t testing.TB, s *site.Site, service, statements string) {
	t.Helper()
	db, err := s.Reach(service)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// Ask returns the one value that a query in a service's database finds, as text.
func Ask(t testing.TB, s *site.Site, service, query string) (answer string) {
	t.Helper()
	db, err := s.Reach(service)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}
