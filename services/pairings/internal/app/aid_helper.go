package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func visitPlace(visitID string) vault.Place {
	return vault.Place{Table: "aid_visits", Column: "sealed", Row: visitID}
}

// ListMyAidCases returns where the caller helps or did: village and state, and nothing
// of the family.
func (a *App) ListMyAidCases(ctx context.Context) ([]ListedAidCase, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.listAid(ctx, func(q postgres.Querier) ([]domain.AidCase, error) {
		return store.ListMyAidCases(ctx, q, who.VolunteerID)
	})
}

// AnswerAidCase notes that the helper says yes, or no, which ends the case. Who has the
// family's case is told.
func (a *App) AnswerAidCase(ctx context.Context, aidCaseID string, agreed bool) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, h, who, err := a.lockMyAid(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if c, err = c.Answer(agreed, a.clock.Now()); err != nil {
			return err
		}
		if err := store.UpdateAidCase(ctx, q, c); err != nil {
			return err
		}
		kind := pairingsv1.NoticeAidAgreed
		if !agreed {
			kind = pairingsv1.NoticeAidDeclined
		}
		return a.tellAid(ctx, q, kind, c, map[string]string{"person": who.VolunteerID}, h.OfficerID)
	})
}

// HelpersFamily is what a helper sees of the family while the case runs.
type HelpersFamily struct {
	domain.AidCase
	RegionName    string
	Name, Address string
	Needs         []domain.AidNeed
	Plan          domain.AidPlan
	Visits        []ReadVisit
}

// OpenMyFamily returns what the helper of a running case sees of the family, and writes
// down that it was read; her PIN opens it. Before it runs and after it has ended there is nothing to see:
// domain.ErrAidState.
func (a *App) OpenMyFamily(ctx context.Context, aidCaseID string) (f HelpersFamily, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, h, who, err := a.lockMyAid(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if err := a.requirePIN(ctx, q, who); err != nil {
			return err
		}
		if c.State != domain.AidRunning {
			return domain.ErrAidState
		}
		key, err := a.openOne(ctx, q, domain.Read, helps(c), whatHelperPage, h.ID)
		if err != nil {
			return err
		}
		var family domain.Family
		if err := openJSON(key, familyPlace(h.ID), h.Sealed, &family); err != nil {
			return err
		}
		view, err := readAid(ctx, q, key, c)
		if err != nil {
			return err
		}
		names, err := store.RegionNames(ctx, q, []string{c.RegionPath})
		f = HelpersFamily{
			AidCase: c, RegionName: names[c.RegionPath], Name: family.Name, Address: family.Address, Needs: family.Needs, Plan: view.Plan, Visits: view.Visits,
		}
		return err
	})
	return f, err
}

// helps is on what grounds a helper opens the family of her case.
func helps(c domain.AidCase) domain.Ground {
	return domain.Ground{Basis: domain.BasisHelper, BasisID: c.ID}
}

// RecordAidVisit keeps a visit or a call, made or tried, by the helper of a running case,
// by who of the brigade went where one helps, or by who has the family's case, and
// returns its id. Of the brigade nobody needs a PIN: writing shows nothing.
func (a *App) RecordAidVisit(ctx context.Context, aidCaseID string, n domain.NewAidVisit) (visitID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "recordAidVisit", []any{aidCaseID, n}, func(q postgres.Querier) (string, error) {
		var g domain.Ground
		c, h, who, err := a.lockMyAid(ctx, q, aidCaseID)
		switch err {
		case nil:
			g = helps(c)
			if err := a.requirePIN(ctx, q, who); err != nil {
				return "", err
			}
		case domain.ErrNoAidCase: //nolint:errorlint // it is this very error
			if c, h, who, err = a.lockBrigadesAid(ctx, q, aidCaseID); err == nil {
				g = helps(c)
				break
			}
			if err != domain.ErrNoAidCase { //nolint:errorlint // it is this very error
				return "", err
			}
			if c, h, who, err = a.lockAid(ctx, q, aidCaseID); err != nil {
				return "", err
			}
			g = ofCase
		default:
			return "", err
		}
		v, note, err := c.Visit(n, who.VolunteerID, g.Basis == domain.BasisHelper, now)
		if err != nil {
			return "", err
		}
		key, err := a.openOne(ctx, q, domain.Write, g, whatAidVisit, h.ID)
		if err != nil {
			return "", err
		}
		if v.Sealed, err = sealJSON(key, visitPlace(v.ID), note); err != nil {
			return "", err
		}
		return v.ID, store.InsertAidVisit(ctx, q, v)
	})
}

// ClearHelperPIN lets the helper of an open case who forgot the PIN choose a new one. It
// is for who has the family's case, with a second factor. An ended case has no helper to
// let in: domain.ErrAidOver.
func (a *App) ClearHelperPIN(ctx context.Context, aidCaseID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, _, _, err := a.lockAid(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if c.State == domain.AidEnded {
			return domain.ErrAidOver
		}
		return store.DeletePIN(ctx, q, c.HelperID)
	})
}
