package app

import (
	"bytes"
	"context"
	"encoding/base32"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ExportQuery is what AskChildExport is given.
type ExportQuery struct {
	RegionCode string
	Reason     string // for whom and what for, without anybody's name
}

// AskChildExport asks for a list of the children of a region whose guardians agreed.
// It is for child-care officers of the region, with a second factor. Fifty children
// or fewer can be taken at once; more wait for another officer. It returns the list's id.
func (a *App) AskChildExport(ctx context.Context, query ExportQuery) (exportID string, err error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "askChildExport", query, func(q postgres.Querier) (string, error) {
		who, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		region, ok, err := store.FindRegion(ctx, q, query.RegionCode)
		if err == nil && (!ok || !looksAfter(who, region.Path)) {
			err = apperr.For("region_code", errNoRegion)
		}
		if err != nil {
			return "", err
		}
		if err := who.RequireStrong(); err != nil {
			return "", err
		}
		ids, err := store.ListConsentedChildren(ctx, q, region.Path, domain.MaxExport+1)
		if err != nil {
			return "", err
		}
		e, err := domain.NewChildExport(region.Path, ids, query.Reason, who.VolunteerID, a.clock.Now())
		if err != nil {
			return "", err
		}
		return e.ID, store.InsertChildExport(ctx, q, e)
	})
}

// DecideChildExport says yes or no to a list. It is for another child-care officer or
// an administrator of the region, with a second factor: to others it returns NotFound,
// to who asked domain.ErrExportOwn.
func (a *App) DecideChildExport(ctx context.Context, exportID string, approved bool, answer string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		e, err := store.LockChildExport(ctx, q, exportID)
		if err != nil {
			return err
		}
		if !supervises(who, e.RegionPath) {
			return domain.ErrNoExport
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		if e, err = e.Decide(approved, answer, who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		return store.UpdateChildExport(ctx, q, e)
	})
}

// NamedExport is a list with the names that belong to it.
type NamedExport struct {
	domain.ChildExport
	OfficerName, RegionName, DecidedByName string
	Good                                   bool   // it can be taken now
	Mine                                   bool   // by who reads this
	MayDecide                              bool   // who reads this
	Password                               string // of the file; only for who may take it, while it can be taken
}

// ListChildExports returns a page of the lists of the regions in which the caller is a
// child-care officer or administrator, those that wait first.
func (a *App) ListChildExports(ctx context.Context, query ListQuery) (named []NamedExport, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	page, err := query.page()
	if err != nil {
		return nil, "", err
	}
	var exports []domain.ChildExport
	var regions map[string]string
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if exports, err = store.ListChildExports(ctx, q, who.RegionsAs(childCare, administrator), page); err != nil {
			return err
		}
		exports, next = cut(exports, query.Limit, func(e domain.ChildExport) string { return e.ID })
		paths := make([]string, len(exports))
		for i, e := range exports {
			paths[i] = e.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, 0, 2*len(exports))
	for _, e := range exports {
		ids = append(ids, e.OfficerID)
		if e.DecidedBy != "" {
			ids = append(ids, e.DecidedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	now := a.clock.Now()
	named = make([]NamedExport, len(exports))
	for i, e := range exports {
		n := NamedExport{
			ChildExport: e, OfficerName: persons[e.OfficerID].FullName(), RegionName: regions[e.RegionPath], Good: e.Good(now),
			Mine: e.OfficerID == who.VolunteerID, MayDecide: e.Waits() && e.OfficerID != who.VolunteerID,
		}
		if e.DecidedBy != "" {
			n.DecidedByName = persons[e.DecidedBy].FullName()
		}
		if n.Good && n.Mine && who.Strong && looksAfter(who, e.RegionPath) {
			n.Password = a.passwordOf(e.ID)
		}
		named[i] = n
	}
	return named, next, nil
}

// passwordOf is the password of a list's file: it follows from a key of the vault, so
// that nobody has to keep it. Twelve letters and digits are 60 bits.
func (a *App) passwordOf(exportID string) string {
	return base32.StdEncoding.EncodeToString(a.vault.BlindIndex("child_export.password", exportID))[:12]
}

// TakeChildExport makes a list's file anew and returns it, and its name: sealed with
// its password, with who took it and when on every page. Each child in it is an
// opening, in the same transaction. It is for who asked, as long as she is a
// child-care officer there, with a second factor.
func (a *App) TakeChildExport(ctx context.Context, exportID string) (file []byte, name string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	taker := a.people.Find(ctx, []string{who.VolunteerID})[who.VolunteerID].FullName()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		e, err := store.LockChildExport(ctx, q, exportID)
		if err != nil {
			return err
		}
		now := a.clock.Now()
		switch {
		case !looksAfter(who, e.RegionPath) || e.OfficerID != who.VolunteerID:
			return domain.ErrNoExport
		case !who.Strong:
			return auth.ErrSecondFactor
		case !e.Good(now):
			return domain.ErrExportOver
		}
		lines, err := a.openForExport(ctx, q, e)
		if err != nil {
			return err
		}
		names, err := store.RegionNames(ctx, q, append(pathsOf(lines), e.RegionPath))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		mark := fmt.Sprintf("%s %s 导出 · 用途：%s · 用完销毁，不得转发", taker, clock.Minute(now), e.Reason)
		if err := writeChildExport(lines, names, mark, a.passwordOf(e.ID), &out); err != nil {
			return err
		}
		file, name = out.Bytes(), fmt.Sprintf("名册-%s-%s.xlsx", names[e.RegionPath], clock.Minute(now)[:10])
		e.Taken++
		return store.UpdateChildExport(ctx, q, e)
	})
	if err != nil {
		return nil, "", err
	}
	return file, name, nil
}

// openForExport reads the children of a list whose guardians' consent stands still.
func (a *App) openForExport(ctx context.Context, q postgres.Querier, e domain.ChildExport) ([]exportLine, error) {
	children, err := store.LockConsentedChildren(ctx, q, e.ChildIDs)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(children))
	for i, c := range children {
		ids[i] = c.ID
	}
	keys, err := a.openVault(ctx, q, domain.Read, e.Ground(), whatExport, ids...)
	if err != nil {
		return nil, err
	}
	lines := make([]exportLine, len(children))
	for i, c := range children {
		lines[i].Child = c
		if err := openJSON(keys[c.ID], childPlace(c.ID), c.Sealed, &lines[i].person); err != nil {
			return nil, err
		}
		if c.Circle == nil {
			continue
		}
		if err := openJSON(keys[c.ID], circlePlace(c.ID), c.Circle, &lines[i].circle); err != nil {
			return nil, err
		}
	}
	return lines, nil
}
