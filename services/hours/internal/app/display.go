package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Displays are the links with which screens read the wall of a region, and of
// those below it.
type Displays struct {
	MaySet bool
	Items  []NamedDisplay
}

// NamedDisplay is a link with the names that belong to it.
type NamedDisplay struct {
	domain.Display
	RegionName string
	MadeBy     string // name
	EndedBy    string // name; empty unless somebody ended it
	Good       bool
}

// Displays is for officers of the region or of one above it; to others it
// returns NotFound.
func (a *App) Displays(ctx context.Context, code string) (Displays, error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return Displays{}, err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return Displays{}, err
	}
	var found []domain.Display
	now := a.clock.Now()
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		found, err = store.ListDisplays(ctx, q, region.RegionPath, now)
		return err
	})
	if err != nil {
		return Displays{}, err
	}
	ids := make([]string, 0, 2*len(found))
	for _, d := range found {
		ids = append(ids, d.MadeBy)
		if d.EndedBy != "" {
			ids = append(ids, d.EndedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	all := Displays{MaySet: who.Decides(region.RegionPath), Items: make([]NamedDisplay, len(found))}
	for i, d := range found {
		all.Items[i] = NamedDisplay{Display: d, RegionName: a.names.regionName(d.RegionPath), MadeBy: persons[d.MadeBy].FullName(), Good: d.Good(now)}
		if d.EndedBy != "" {
			all.Items[i].EndedBy = persons[d.EndedBy].FullName()
		}
	}
	return all, nil
}

// MakeDisplay makes a link for the wall of a region and returns its key, this
// once. It is for who decides for the region: to officers who do not it returns
// Forbidden, to others NotFound. It keeps no answer for a repeat, because that
// would keep the key: a repeat makes another link, which nobody ever opens.
func (a *App) MakeDisplay(ctx context.Context, code, label string, days int) (d domain.Display, key string, err error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return d, "", err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return d, "", err
	}
	if !who.Decides(region.RegionPath) {
		return d, "", errNotDeciding
	}
	if d, key, err = domain.NewDisplay(region.RegionPath, label, days, who.VolunteerID, a.clock.Now()); err != nil {
		return d, "", err
	}
	return d, key, a.db.InTx(ctx, func(q postgres.Querier) error { return store.InsertDisplay(ctx, q, d) })
}

// EndDisplay makes a link worthless; the screens that use it go dark within
// seconds. It is for who decides for its region; others get domain.ErrNoDisplay.
// Twice changes nothing.
func (a *App) EndDisplay(ctx context.Context, displayID string) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		d, err := store.LockDisplay(ctx, q, displayID)
		if err != nil {
			return err
		}
		if !who.Decides(d.RegionPath) {
			return domain.ErrNoDisplay
		}
		d.EndedBy, d.EndedAt = who.VolunteerID, a.clock.Now()
		return store.UpdateDisplayEnded(ctx, q, d)
	})
	if err == nil {
		a.screens.Touch(everyScreen)
	}
	return err
}

// regionOfScreen returns the region whose wall is asked for: by the key of a
// link, or by an officer for a region of theirs. displayHash is nil for the latter.
func (a *App) regionOfScreen(ctx context.Context, key, code string) (region domain.Known, displayHash []byte, err error) {
	if key == "" {
		region, err = a.authorizeOverview(ctx, code)
		return region, nil, err
	}
	hash, ok := domain.ReadDisplayKey(key)
	if !ok {
		return region, nil, domain.ErrNoDisplay
	}
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		d, err := store.FindDisplay(ctx, q, hash, now)
		if err != nil {
			return err
		}
		region, ok = a.names.find(domain.Region, lastCode(d.RegionPath))
		if !ok || !strings.HasPrefix(region.RegionPath, d.RegionPath) {
			return domain.ErrNoDisplay // the region is no more
		}
		return store.UpdateDisplaySeen(ctx, q, d.ID, now)
	})
	return region, hash, err
}
