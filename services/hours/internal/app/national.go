package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/national"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NationalBatchView is a batch with what became of its rows.
type NationalBatchView struct {
	domain.NationalBatch
	RegionName string
	MadeByName string
	Open       bool // its file may be taken
	Counts     []store.NationalCount
}

// Minutes returns those of service in rows that were accepted, as we have them.
func (v NationalBatchView) Minutes() (ours int) {
	for _, c := range v.Counts {
		if c.Group == string(domain.NationalService) && c.State == string(domain.NationalAccepted) {
			ours += c.Minutes
		}
	}
	return ours
}

// National is what the page of the national system begins with.
type National struct {
	MaySend  bool // the reader makes batches and sets the mapping
	Mapping  domain.NationalMapping
	Versions []domain.NationalMapping // the newest first, with who set them
	Names    map[string]string        // of those who set one, by id
	Batches  []NationalBatchView      // of the reader's regions, the newest first
}

// FindNational is for every officer; others get Forbidden.
func (a *App) FindNational(ctx context.Context) (n National, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return n, err
	}
	if len(who.Grants) == 0 {
		return n, errNotDeciding
	}
	n.MaySend = who.AdministersCity()
	var batches []domain.NationalBatch
	var counts []store.NationalCount
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if n.Versions, err = store.ListMappings(ctx, q); err != nil {
			return err
		}
		if batches, err = store.ListBatches(ctx, q); err != nil {
			return err
		}
		counts, err = store.CountNationalRows(ctx, q)
		return err
	})
	if err != nil {
		return n, err
	}
	n.Mapping = n.Versions[0]
	var ids []string
	for _, v := range n.Versions {
		ids = append(ids, v.SetBy)
	}
	for _, b := range batches {
		if !who.Covers(b.RegionPath) {
			continue
		}
		view := NationalBatchView{NationalBatch: b, RegionName: a.names.regionName(b.RegionPath), Open: a.clock.Now().Before(b.ExpiresAt)}
		for _, c := range counts {
			if c.BatchID == b.ID {
				view.Counts = append(view.Counts, c)
			}
		}
		n.Batches, ids = append(n.Batches, view), append(ids, b.MadeBy)
	}
	n.Names = map[string]string{}
	for id, p := range a.people.Find(ctx, withoutEmpty(ids)) {
		n.Names[id] = p.FullName()
	}
	for i := range n.Batches {
		n.Batches[i].MadeByName = n.Names[n.Batches[i].MadeBy]
	}
	return n, nil
}

func withoutEmpty(ids []string) []string {
	some := ids[:0:0]
	for _, id := range ids {
		if id != "" {
			some = append(some, id)
		}
	}
	return some
}

// NewMapping is what somebody makes a version of: a template, or sheets that were
// edited by hand.
type NewMapping struct {
	Before       int // the version that was looked at
	Sheets       []domain.NationalSheet
	TemplateName string
	Template     []byte
}

// MappingSet says what became of it.
type MappingSet struct {
	Version int
	Unbound int // headings of the template that mean none of our fields
}

// SetMapping adds a version of the national mapping. It is for administrators of the
// city; others get Forbidden.
func (a *App) SetMapping(ctx context.Context, m NewMapping) (MappingSet, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return MappingSet{}, err
	}
	if !who.AdministersCity() {
		return MappingSet{}, errNoCityAdministrator
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "set_national_mapping", m, func(q postgres.Querier) (MappingSet, error) {
		versions, err := store.ListMappings(ctx, q)
		if err != nil {
			return MappingSet{}, err
		}
		if versions[0].Version != m.Before {
			return MappingSet{}, domain.ErrMappingTaken
		}
		sheets, source, unbound := m.Sheets, "", 0
		if len(m.Template) > 0 {
			source = strings.TrimSpace(m.TemplateName)
			if sheets, unbound, err = national.Template(source, m.Template, versions[0].Sheets); err != nil {
				return MappingSet{}, err
			}
		}
		next, err := domain.NewNationalMapping(m.Before, sheets, source, who.VolunteerID, a.clock.Now())
		if err != nil {
			return MappingSet{}, err
		}
		return MappingSet{Version: next.Version, Unbound: unbound}, store.InsertMapping(ctx, q, next)
	})
}
