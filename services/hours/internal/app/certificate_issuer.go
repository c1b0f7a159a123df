package app

import (
	"context"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Issuing is how certificates are issued in a division.
type Issuing struct {
	Settings []domain.Issuer // the division's own, newest first
	Now      domain.Issuer   // what counts there today, its own or from above; zero: nothing does
	Office   string          // what the federation there is called; empty: nobody told
	MayIssue bool            // the officer who asks, under what counts today
	MaySet   bool            // the officer who asks
}

// ListIssuers returns how certificates are issued in a division, to its
// officers, and the names of those who said so, by id.
func (a *App) ListIssuers(ctx context.Context, code string) (i Issuing, names map[string]string, err error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return i, nil, err
	}
	who, _ := auth.From(ctx)
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if i.Settings, err = store.ListIssuers(ctx, q, a.papers, code); err != nil {
			return err
		}
		offices, err := store.ListOfficeNames(ctx, q, []string{region.RegionPath})
		if err != nil {
			return err
		}
		i.Office = offices[region.RegionPath]
		i.Now, err = store.FindIssuer(ctx, q, a.papers, codesOf(region.RegionPath), domain.DayOf(a.clock.Now()))
		if _, none := refusal(err); none {
			return nil
		}
		return err
	})
	i.MaySet = who.Holds("administrator", region.RegionPath)
	if office, ok := a.names.find(domain.Region, i.Now.RegionCode); ok {
		i.MayIssue = who.Decides(office.RegionPath)
	}
	var ids []string
	for _, s := range append(slices.Clone(i.Settings), i.Now) {
		if s.SetBy != "" {
			ids = append(ids, s.SetBy)
		}
	}
	names = map[string]string{}
	for id, p := range a.people.Find(ctx, ids) {
		names[id] = p.FullName()
	}
	return i, names, err
}

// SetIssuer says how the office of a division issues certificates from a day on,
// and returns the setting's id. It is for administrators of the division.
func (a *App) SetIssuer(ctx context.Context, i domain.Issuer) (string, error) {
	region, err := a.authorizeOverview(ctx, i.RegionCode)
	if err != nil {
		return "", err
	}
	who, _ := auth.From(ctx)
	if !who.Holds("administrator", region.RegionPath) {
		return "", domain.ErrNotSetting
	}
	i.ID, i.SetBy, i.SetAt = id.New(), who.VolunteerID, a.clock.Now()
	i.Name, i.InCharge, i.Contact = strings.TrimSpace(i.Name), strings.TrimSpace(i.InCharge), strings.TrimSpace(i.Contact)
	if err := i.Check(); err != nil {
		return "", err
	}
	content := []any{i.RegionCode, i.Name, a.papers.BlindIndex("issuer", i.InCharge+"\n"+i.Contact), i.ValidFrom}
	return idempotency.Do(ctx, a.db, i.SetAt, "setCertificateIssuer", content, func(q postgres.Querier) (string, error) {
		return i.ID, store.InsertIssuer(ctx, q, a.papers, i)
	})
}
