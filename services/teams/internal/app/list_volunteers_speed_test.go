package app_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/demo"
)

// BenchmarkListVolunteers searches the 60,000 people of the whole city as an
// officer types: letter by letter, of the city, of a county, of a township.
// p99 should stay below 50 ms on a machine that does nothing else; the bound
// that fails is far above it.
func BenchmarkListVolunteers(b *testing.B) {
	city, err := demo.NewCity(demo.Options{Scale: 1, Day: given.Day})
	if err != nil {
		b.Fatal(err)
	}
	w := givenEmptyWorld(b)
	owner := app.New(app.Parts{DB: w.Owner, Vault: w.Vault, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)})
	if err := owner.LoadDemo(b.Context(), city); err != nil {
		b.Fatal(err)
	}
	asker := domain.Volunteer{ID: city.Volunteers[0].ID}
	for _, scope := range []string{"4106/", "4106/410621/", given.Value[string](b, w, "SELECT path FROM regions WHERE level = 'township' ORDER BY path LIMIT 1")} {
		for _, kind := range []string{"nothing typed", "one letter", "two letters", "three letters", "one character", "a name", "a phone", "a page further"} {
			b.Run(fmt.Sprintf("%s/%s", scope, kind), func(b *testing.B) {
				ctx := given.As(b, asker, auth.Grant{Role: "coordinator", RegionPath: scope})
				r := rand.New(rand.NewPCG(1, 2))
				var took []time.Duration
				for b.Loop() {
					query := typed(r, city, kind)
					start := time.Now()
					if _, _, err := w.App.ListVolunteers(ctx, query); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
				reportTook(b, took)
			})
		}
	}
	b.Run("4106/doubles", func(b *testing.B) {
		ctx := given.As(b, asker, auth.Grant{Role: "coordinator", RegionPath: "4106/"})
		r := rand.New(rand.NewPCG(1, 2))
		var took []time.Duration
		for b.Loop() {
			start := time.Now()
			if _, err := w.App.ListDoubles(ctx, city.Volunteers[r.IntN(len(city.Volunteers))].ID); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
		reportTook(b, took)
	})
}

func reportTook(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
	if p50 > 2*time.Second {
		b.Errorf("a search takes %s", p50)
	}
}

// typed is what an officer asks of somebody in the city.
func typed(r *rand.Rand, city *demo.City, kind string) app.VolunteerQuery {
	query := app.VolunteerQuery{Limit: 50}
	v := city.Volunteers[r.IntN(len(city.Volunteers))]
	name := []rune(v.Name)
	letters := func(n int) (s string) {
		for range n {
			s += string("abcdfghjlmnpqrswxyz"[r.IntN(19)])
		}
		return s
	}
	switch kind {
	case "one letter":
		query.Text = letters(1)
	case "two letters":
		query.Text = letters(2)
	case "three letters":
		query.Text = letters(3)
	case "one character":
		query.Text = string(name[len(name)-1])
	case "a name":
		query.Text = v.Name
	case "a phone":
		query.Text = v.Phone
	case "a page further":
		query.After = v.ID
	}
	return query
}
