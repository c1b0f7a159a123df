package city

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/shared/demo"
)

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
	if err := r.load(ctx, city, began); err != nil {
		return err
	}
	r.options.Log.Info("demo city loaded", "scale", r.options.Scale, "took", time.Since(began).Round(time.Millisecond))
	r.Accounts = city.Accounts()
	return r.writeNote(note{Ready: true, Shift: n.Shift, Accounts: r.Accounts})
}

// load loads all services' shares side by side.
func (r *Running) load(ctx context.Context, city *demo.City, began time.Time) error {
	p := &progress{tell: r.options.Progress}
	group, ctx := errgroup.WithContext(ctx)
	for i, s := range r.services {
		group.Go(func() error {
			share := city.Observed(func(done, total int) { p.read(i, done, total) })
			if err := s.load(ctx, share); err != nil {
				return fmt.Errorf("load the demo city into %s: %w", s.name, err)
			}
			p.loaded(i)
			r.options.Log.Info("demo city loaded", "service", s.name, "took", time.Since(began).Round(time.Millisecond))
			return nil
		})
	}
	return group.Wait()
}
