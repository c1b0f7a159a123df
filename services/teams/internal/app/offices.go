package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// OfficeQuery says which offices somebody looks for.
type OfficeQuery struct {
	Region string // code; and below. Empty: everywhere
	Kind   string // federation | home; empty: both
	Closed bool   // closed ones instead of open ones
	Typed  string // part of the name, or of the initials of its pinyin
	Limit  int
	After  string // where the page before said that the next starts
}

// ListOffices returns a page of offices and where the next one starts, empty
// after the last. Whoever is signed in may know them.
func (a *App) ListOffices(ctx context.Context, query OfficeQuery) (offices []domain.Office, next string, err error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, "", err
	}
	if query.After != "" && !id.Valid(query.After) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		filter := store.OfficeFilter{Kind: query.Kind, Closed: query.Closed, Typed: pinyin.Parse(query.Typed)}
		if query.Region != "" {
			region, err := store.FindRegion(ctx, q, query.Region)
			if err != nil {
				return err
			}
			filter.RegionPath = region.Path
		}
		offices, err = store.ListOffices(ctx, q, filter, store.Page{Limit: query.Limit + 1, After: query.After})
		return err
	})
	if err != nil || len(offices) <= query.Limit {
		return offices, "", err
	}
	return offices[:query.Limit], offices[query.Limit-1].ID, nil
}

// FindOffice returns an office, or domain.ErrNoOffice. Whoever is signed in may know it.
func (a *App) FindOffice(ctx context.Context, officeID string) (office domain.Office, err error) {
	if _, err := auth.From(ctx); err != nil {
		return domain.Office{}, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		office, err = store.FindOffice(ctx, q, officeID)
		return err
	})
	return office, err
}

// AddOffice adds an office to a region, for a coordinator or administrator of it.
func (a *App) AddOffice(ctx context.Context, facts domain.OfficeFacts) (domain.Office, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createOffice", facts, func(q postgres.Querier) (domain.Office, error) {
		region, err := a.regionFor(ctx, q, changeOffices, facts.RegionCode)
		if err != nil {
			return domain.Office{}, err
		}
		o, err := domain.NewOffice(id.New(), facts, region)
		if err != nil {
			return domain.Office{}, err
		}
		if err := store.InsertOffices(ctx, q, []domain.Office{o}); err != nil {
			return domain.Office{}, err
		}
		return o, a.tellOffice(ctx, q, "office.added", o, "")
	})
}

// ChangeOffice writes what an office is now, as somebody changed it who saw it
// at a version. Moving it asks for authority over both regions.
func (a *App) ChangeOffice(ctx context.Context, officeID string, facts domain.OfficeFacts, version int64) (domain.Office, error) {
	request := struct {
		OfficeID string
		Facts    domain.OfficeFacts
		Version  int64
	}{officeID, facts, version}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "putOffice", request, func(q postgres.Querier) (domain.Office, error) {
		o, err := a.lockOfficeFor(ctx, q, officeID)
		if err != nil {
			return domain.Office{}, err
		}
		region, err := a.regionFor(ctx, q, changeOffices, facts.RegionCode)
		if err != nil {
			return domain.Office{}, err
		}
		if err := o.Change(facts, region, version); err != nil {
			return domain.Office{}, err
		}
		if err := store.UpdateOffice(ctx, q, o); err != nil {
			return domain.Office{}, err
		}
		return o, a.tellOffice(ctx, q, "office.changed", o, "")
	})
}

// CloseOffice ends an office. Brigades it was chosen for are supervised by the
// nearest federation from now on.
func (a *App) CloseOffice(ctx context.Context, officeID, reason string) (domain.Office, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "closeOffice", []string{officeID, reason}, func(q postgres.Querier) (domain.Office, error) {
		o, err := a.lockOfficeFor(ctx, q, officeID)
		if err != nil {
			return domain.Office{}, err
		}
		if err := o.Close(); err != nil {
			return domain.Office{}, err
		}
		if err := store.UpdateOffice(ctx, q, o); err != nil {
			return domain.Office{}, err
		}
		return o, a.tellOffice(ctx, q, "office.closed", o, reason)
	})
}

// ReopenOffice opens a closed office again, with a reason; brigades that it
// was chosen for are its again. For an open one nothing changes. It returns
// domain.ErrFederationTaken when the region has got another federation since.
func (a *App) ReopenOffice(ctx context.Context, officeID, reason string) (domain.Office, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "reopenOffice", []string{officeID, reason}, func(q postgres.Querier) (domain.Office, error) {
		o, err := a.lockOfficeFor(ctx, q, officeID)
		if err != nil || !o.Reopen() {
			return o, err
		}
		if err := store.UpdateOffice(ctx, q, o); err != nil {
			return domain.Office{}, err
		}
		return o, a.tellOffice(ctx, q, "office.reopened", o, reason)
	})
}

// lockOfficeFor returns the office, held, if whoever asks may change it, and
// domain.ErrNoOffice otherwise.
func (a *App) lockOfficeFor(ctx context.Context, q postgres.Querier, officeID string) (domain.Office, error) {
	if _, err := auth.From(ctx); err != nil {
		return domain.Office{}, err
	}
	o, err := store.LockOffice(ctx, q, officeID)
	if err != nil {
		return domain.Office{}, err
	}
	if _, err := a.regionFor(ctx, q, changeOffices, o.RegionCode); errors.Is(err, domain.ErrNoRegion) {
		return domain.Office{}, domain.ErrNoOffice
	} else if err != nil {
		return domain.Office{}, err
	}
	return o, nil
}

func (a *App) tellOffice(ctx context.Context, q postgres.Querier, act string, o domain.Office, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, act, "office", o.ID, now).Because(reason)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, officeChanged(o))
}
