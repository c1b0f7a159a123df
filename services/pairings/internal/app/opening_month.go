package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Reader is what one person opened in a month. Guardians by their links are one, without a name.
type Reader struct {
	PersonID, Name string
	Counts         []domain.OpeningCount // by basis
}

// NamedEmergency is an emergency with who it was and where.
type NamedEmergency struct {
	domain.Emergency
	OfficerName, RegionName string
}

// OpeningMonth is 查看月报: who opened records in a month, how often and on what
// grounds, and every emergency.
type OpeningMonth struct {
	Readers     []Reader // who opened most first
	Emergencies []NamedEmergency
}

// ReportOpenings returns the report of a month (2026-11), also of one that goes on,
// for the regions in which the caller is a child-care officer or administrator; to
// others it is empty.
func (a *App) ReportOpenings(ctx context.Context, month string) (r OpeningMonth, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return r, err
	}
	m, err := domain.ParseMonth(month, a.clock.Now())
	if err != nil {
		return r, err
	}
	var counts []domain.OpeningCount
	var emergencies []domain.Emergency
	var regions map[string]string
	if err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		paths := who.RegionsAs(childCare, administrator)
		if counts, err = store.CountOpenings(ctx, q, paths, m); err != nil {
			return err
		}
		if emergencies, err = store.ListEmergencies(ctx, q, paths, m); err != nil {
			return err
		}
		at := make([]string, len(emergencies))
		for i, e := range emergencies {
			at[i] = e.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, at)
		return err
	}); err != nil {
		return r, err
	}
	ids := make([]string, 0, len(counts)+len(emergencies))
	for _, c := range counts {
		if c.PersonID != "" {
			ids = append(ids, c.PersonID)
		}
	}
	for _, e := range emergencies {
		ids = append(ids, e.OfficerID)
	}
	persons := a.people.Find(ctx, ids)
	place := map[string]int{}
	for _, c := range counts {
		at, known := place[c.PersonID]
		if !known {
			at = len(r.Readers)
			place[c.PersonID] = at
			reader := Reader{PersonID: c.PersonID}
			if c.PersonID != "" {
				reader.Name = persons[c.PersonID].FullName()
			}
			r.Readers = append(r.Readers, reader)
		}
		r.Readers[at].Counts = append(r.Readers[at].Counts, c)
	}
	for _, e := range emergencies {
		r.Emergencies = append(r.Emergencies, NamedEmergency{e, persons[e.OfficerID].FullName(), regions[e.RegionPath]})
	}
	return r, nil
}
