package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// GrantLine is a grant with the names of those it is about.
type GrantLine = store.GrantLine

// NewGrant is the authority an administrator gives to somebody.
type NewGrant struct {
	VolunteerID string
	Role        string
	RegionCode  string
	From, Until time.Time // zero: from now on, until it is withdrawn
	Reason      string
}

// GiveGrant gives somebody authority over a region and all below it. Only an
// administrator of that region or of one above it may, and nobody to
// themself. It is told at once; authority that begins later is told now too.
func (a *App) GiveGrant(ctx context.Context, n NewGrant) (GrantLine, error) {
	given, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createStaffGrant", n, func(q postgres.Querier) (string, error) {
		region, err := a.regionFor(ctx, q, giveGrants, n.RegionCode)
		if err != nil {
			return "", err
		}
		actor, err := a.standsFor(ctx, q, region.Path, domain.ErrNoRegion)
		if err != nil {
			return "", err
		}
		v, err := store.FindVolunteer(ctx, q, a.vault, n.VolunteerID)
		if err != nil {
			return "", err
		}
		g, err := domain.NewGrant(id.New(), v, n.Role, region, n.From, n.Until, actor, n.Reason, a.clock.Now())
		if err != nil {
			return "", err
		}
		if err := store.InsertGrants(ctx, q, []domain.Grant{g}); err != nil {
			return "", err
		}
		return g.ID, a.tellGrant(ctx, q, actor, "grant.given", g, n.Reason)
	})
	if err != nil {
		return GrantLine{}, err
	}
	return a.grantLine(ctx, given)
}

// WithdrawGrant ends somebody's authority now. Whoever may give it may
// withdraw it, their own included, but for the last administrator's.
func (a *App) WithdrawGrant(ctx context.Context, grantID, reason string) (GrantLine, error) {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "withdrawStaffGrant", []string{grantID, reason}, func(q postgres.Querier) (bool, error) {
		g, err := a.lockGrantFor(ctx, q, grantID)
		if err != nil {
			return false, err
		}
		actor, err := a.standsFor(ctx, q, g.RegionPath, domain.ErrNoGrant)
		if err != nil {
			return false, err
		}
		if err := g.Withdraw(actor, reason, a.clock.Now()); err != nil {
			return false, err
		}
		if err := store.UpdateGrant(ctx, q, g); err != nil {
			return false, err
		}
		return true, a.tellGrant(ctx, q, actor, "grant.withdrawn", g, reason)
	})
	if err != nil {
		return GrantLine{}, err
	}
	return a.grantLine(ctx, grantID)
}

// lockGrantFor returns the grant, held, if whoever asks may withdraw it, and
// domain.ErrNoGrant otherwise. Administration is locked first, in the order of everybody.
func (a *App) lockGrantFor(ctx context.Context, q postgres.Querier, grantID string) (domain.Grant, error) {
	if _, err := auth.From(ctx); err != nil {
		return domain.Grant{}, err
	}
	if err := store.LockAdministration(ctx, q); err != nil {
		return domain.Grant{}, err
	}
	g, err := store.LockGrant(ctx, q, grantID)
	if err != nil {
		return domain.Grant{}, err
	}
	if _, err := a.regionFor(ctx, q, giveGrants, g.RegionCode); errors.Is(err, domain.ErrNoRegion) {
		return domain.Grant{}, domain.ErrNoGrant
	} else if err != nil {
		return domain.Grant{}, err
	}
	return g, nil
}

// standsFor returns who asks if they administer the region at this moment, as
// the database has it and not only the token: two administrators who withdraw
// each other's authority at once must not both succeed. Otherwise it returns no.
func (a *App) standsFor(ctx context.Context, q postgres.Querier, regionPath string, no error) (string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	if err := store.LockAdministration(ctx, q); err != nil {
		return "", err
	}
	grants, err := store.ListGrants(ctx, q, p.VolunteerID)
	if err != nil {
		return "", err
	}
	now := auth.Principal{VolunteerID: p.VolunteerID}
	for _, g := range domain.ActiveGrants(grants, a.clock.Now()) {
		now.Grants = append(now.Grants, auth.Grant{Role: g.Role, RegionPath: g.RegionPath})
	}
	if !now.Holds(domain.RoleAdministrator, regionPath) {
		return "", no
	}
	return p.VolunteerID, nil
}

func (a *App) tellGrant(ctx context.Context, q postgres.Querier, actor, act string, g domain.Grant, reason string) error {
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(actor, act, "grant", g.ID, now).About(g.VolunteerID).Because(reason)); err != nil {
		return err
	}
	kind := domain.NoticeGrantGiven
	if !g.EndedAt.IsZero() {
		kind = domain.NoticeGrantEnded
	}
	if err := a.notify(ctx, q, domain.NewNotice(kind, g.VolunteerID, "grant", g.ID, domain.Words{"region": g.RegionName, "grant": g.Role}, now)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, grantChanged(g))
}

func (a *App) grantLine(ctx context.Context, grantID string) (line GrantLine, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		line, err = store.FindGrantLine(ctx, q, grantID)
		return err
	})
	return line, err
}

// ListGrants returns up to limit grants of a region and all below it, newest
// first, after the one where the page before said that the next starts: those
// that count or will count, or those that are over. It returns
// domain.ErrNoRegion to whoever may not see them.
func (a *App) ListGrants(ctx context.Context, regionCode string, over bool, limit int, after string) (lines []GrantLine, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		region, err := a.regionFor(ctx, q, listGrants, regionCode)
		if err != nil {
			return err
		}
		filter := store.GrantFilter{RegionPath: region.Path, Now: a.clock.Now(), Over: over}
		lines, err = store.ListGrantLines(ctx, q, filter, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(lines) <= limit {
		return lines, "", err
	}
	return lines[:limit], lines[limit-1].ID, nil
}
