package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// keepImports is how long a roster that nobody confirmed is kept: as long as
// somebody needs to ask around for what is wrong with it.
const keepImports = 7 * day

// ImportView is an import and what it comes to; Report is nil until it is judged.
type ImportView struct {
	domain.Import
	Report *roster.Report
}

func viewImport(i domain.Import) (ImportView, error) {
	view := ImportView{Import: i}
	if i.Report == nil {
		return view, nil
	}
	view.Report = &roster.Report{}
	if err := json.Unmarshal(i.Report, view.Report); err != nil {
		return view, fmt.Errorf("decode report of import %s: %w", i.ID, err)
	}
	return view, nil
}

// UploadRoster takes a roster in, to be judged in a moment. Without a team it
// is an officer's, over the divisions of her grants; with one it adds members
// to that team. It returns domain.ErrMayNotImport, or domain.ErrNoTeam for a
// team that is not the asker's to add to.
func (a *App) UploadRoster(ctx context.Context, name, teamID string, file []byte) (ImportView, error) {
	if err := spreadsheet.Recognise(name, file); err != nil {
		return ImportView{}, err
	}
	sum := sha256.Sum256(file)
	request := []string{name, teamID, hex.EncodeToString(sum[:])}
	importID, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createImport", request, func(q postgres.Querier) (string, error) {
		scope, err := a.importScope(ctx, q, teamID)
		if err != nil {
			return "", err
		}
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		i := domain.Import{ID: id.New(), CreatedBy: p.VolunteerID, CreatedAt: a.clock.Now(), TeamID: teamID, Scope: scope, Name: baseName(name),
			Size: len(file), SHA256: sum[:], State: domain.ImportWaiting}
		if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "roster.uploaded", "roster", i.ID, i.CreatedAt).Because("SHA-256 "+hex.EncodeToString(sum[:]))); err != nil {
			return "", err
		}
		return i.ID, store.InsertImport(ctx, q, a.vault, i, file)
	})
	if err != nil {
		return ImportView{}, err
	}
	a.wakeImports()
	return a.FindImport(ctx, importID)
}

// baseName is a file's name without the folders that some browsers send.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	return name
}

// importScope returns the paths of the divisions whose rosters the asker may
// write; none for a team's.
func (a *App) importScope(ctx context.Context, q postgres.Querier, teamID string) ([]string, error) {
	if teamID != "" {
		_, err := a.teamFor(ctx, q, importMembers, teamID)
		return []string{}, err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	paths := p.RegionsDecided()
	if len(paths) == 0 {
		return nil, domain.ErrMayNotImport
	}
	return paths, nil
}

// ownImport returns an import of the asker's, or domain.ErrNoImport.
func (a *App) ownImport(ctx context.Context, q postgres.Querier, importID string, find func(context.Context, postgres.Querier, string) (domain.Import, error)) (domain.Import, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Import{}, err
	}
	i, err := find(ctx, q, importID)
	if err == nil && i.CreatedBy != p.VolunteerID {
		err = domain.ErrNoImport
	}
	return i, err
}

// FindImport returns an import of the asker's, or domain.ErrNoImport.
func (a *App) FindImport(ctx context.Context, importID string) (ImportView, error) {
	var i domain.Import
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		i, err = a.ownImport(ctx, q, importID, store.FindImport)
		return err
	})
	if err != nil {
		return ImportView{}, err
	}
	return viewImport(i)
}

// ListImports returns the asker's imports, the newest first, and where the next page starts.
func (a *App) ListImports(ctx context.Context, limit int, after string) ([]ImportView, string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if after != "" && !id.Valid(after) {
		return nil, "", errNoPlace
	}
	var imports []domain.Import
	err = a.db.Read(ctx, func(q postgres.Querier) (err error) {
		imports, err = store.ListImports(ctx, q, p.VolunteerID, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(imports) > limit {
		imports = imports[:limit]
		next = imports[limit-1].ID
	}
	views := make([]ImportView, len(imports))
	for n, i := range imports {
		if views[n], err = viewImport(i); err != nil {
			return nil, "", err
		}
	}
	return views, next, nil
}

// ConfirmImport lets a judged roster be applied in a moment: whole, or only its
// usable rows. It returns domain.ErrNoImport, ErrImportNotJudged or ErrImportHasErrors.
func (a *App) ConfirmImport(ctx context.Context, importID string, usableOnly bool) (ImportView, error) {
	request := []any{importID, usableOnly}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "applyImport", request, func(q postgres.Querier) (bool, error) {
		i, err := a.ownImport(ctx, q, importID, store.LockImport)
		if err != nil {
			return false, err
		}
		scope, err := a.importScope(ctx, q, i.TeamID)
		if err != nil {
			return false, err
		}
		view, err := viewImport(i)
		if err != nil {
			return false, err
		}
		toFix := 0
		if view.Report != nil {
			toFix = view.Report.ToFix
		}
		if err := i.Confirm(toFix, usableOnly, scope); err != nil {
			return false, err
		}
		return true, store.UpdateImport(ctx, q, i)
	}); err != nil {
		return ImportView{}, err
	}
	a.wakeImports()
	return a.FindImport(ctx, importID)
}

// DiscardImport drops an import that is not wanted, its file included.
func (a *App) DiscardImport(ctx context.Context, importID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		i, err := a.ownImport(ctx, q, importID, store.LockImport)
		if err != nil {
			return err
		}
		if err := i.Discard(a.clock.Now()); err != nil {
			return err
		}
		return store.UpdateImport(ctx, q, i)
	})
}

// MarkedRoster returns the asker's own file with red cells and reasons, and its
// name. It returns domain.ErrNoImport, ErrImportNotJudged or ErrImportOver.
func (a *App) MarkedRoster(ctx context.Context, importID string) ([]byte, string, error) {
	select { // a workbook as it is kept for writing takes much room: one at a time
	case a.marking <- struct{}{}:
		defer func() { <-a.marking }()
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	var i domain.Import
	var file []byte
	var judged judgedRoster
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) (err error) {
		if i, err = a.ownImport(ctx, q, importID, store.FindImport); err != nil {
			return err
		}
		if i.Report == nil {
			return domain.ErrImportNotJudged
		}
		if file, err = store.OpenImportFile(ctx, q, a.vault, importID); err != nil {
			return err
		}
		judged, err = a.judgeRoster(ctx, q, i, file, func(string, int, int) error { return nil })
		return err
	})
	if err != nil {
		return nil, "", err
	}
	marked, err := judged.roster.Mark(file)
	name := strings.TrimSuffix(i.Name, path.Ext(i.Name)) + "（已标注）.xlsx"
	return marked, name, err
}

// endOldImports drops what was not confirmed in time.
func (a *App) endOldImports(ctx context.Context, q postgres.Querier, now time.Time) error {
	return store.EndImports(ctx, q, now.Add(-keepImports), now)
}

// ImportRefusal returns why a file was refused.
func ImportRefusal(code string) *apperr.Error {
	if known := roster.Refusal(code); known != nil {
		return known
	}
	return domain.ErrImportFailed
}

// RosterTemplate returns an empty roster to fill in. Whoever is signed in may have it.
func (a *App) RosterTemplate(ctx context.Context) ([]byte, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	return roster.Template()
}
