package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/history"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UploadHistory takes a list of rows into an import of the reader's, in place of
// the one it had. What is wrong with the file as a whole is refused; what is wrong
// with a row is said by FindHistory.
func (a *App) UploadHistory(ctx context.Context, importID, name string, file []byte) error {
	list, err := history.Read(name, file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(file)
	request := []string{importID, name, hex.EncodeToString(sum[:])}
	return a.workOnHistory(ctx, "uploadHistory", importID, request, func(q postgres.Querier, d *domain.HistoryDraft) ([]byte, error) {
		d.Read(baseName(name), list.Rows)
		return file, nil
	})
}

// EnterHistory keeps what the reader typed into an import of theirs, all of it
// each time.
func (a *App) EnterHistory(ctx context.Context, importID string, rows []domain.EnteredRow) error {
	return a.workOnHistory(ctx, "enterHistory", importID, []any{importID, rows}, func(_ postgres.Querier, d *domain.HistoryDraft) ([]byte, error) {
		return nil, d.Enter(rows)
	})
}

func (a *App) workOnHistory(ctx context.Context, operation, importID string, request any, work func(q postgres.Querier, d *domain.HistoryDraft) (file []byte, err error)) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, func(q postgres.Querier) (struct{}, error) {
		i, err := a.lockOwnHistory(ctx, q, importID)
		if err != nil {
			return struct{}{}, err
		}
		d, err := store.FindDraft(ctx, q, a.papers, importID)
		if err != nil {
			return struct{}{}, err
		}
		file, err := work(q, &d)
		if err != nil {
			return struct{}{}, err
		}
		if err := store.UpsertDraft(ctx, q, a.papers, importID, d, file); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.UpdateHistory(ctx, q, i)
	})
	return err
}

// baseName is a file's name without the folders that some browsers send.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	return name
}

// MarkedHistory returns the reader's own file with red cells and reasons, and its
// name; NotFound when there is none.
func (a *App) MarkedHistory(ctx context.Context, importID string) (file []byte, name string, err error) {
	v, err := a.FindHistory(ctx, importID)
	if err != nil {
		return nil, "", err
	}
	if !v.Mine || !v.Open() {
		return nil, "", domain.ErrNoHistory
	}
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		file, err = store.FindDraftFile(ctx, q, a.papers, importID)
		return err
	}); err != nil {
		return nil, "", err
	}
	if file == nil {
		return nil, "", domain.ErrNoHistory
	}
	list, err := history.Read(v.FileName, file)
	if err != nil {
		return nil, "", err
	}
	rows := make([]domain.DraftRow, len(v.Lines))
	for i, l := range v.Lines {
		rows[i] = l.DraftRow
	}
	marked, err := list.Mark(file, rows)
	return marked, strings.TrimSuffix(v.FileName, path.Ext(v.FileName)) + "（已标注）.xlsx", err
}

// DiscardHistory drops an import of the reader's, with all that was uploaded.
func (a *App) DiscardHistory(ctx context.Context, importID string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "discardHistory", importID, func(q postgres.Querier) (struct{}, error) {
		i, err := a.lockOwnHistory(ctx, q, importID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.discardHistory(ctx, q, i)
	})
	return err
}

func (a *App) discardHistory(ctx context.Context, q postgres.Querier, i domain.HistoryImport) error {
	if err := i.Discard(a.clock.Now()); err != nil {
		return err
	}
	if err := store.DeleteDraft(ctx, q, i.ID); err != nil {
		return err
	}
	if err := store.DeletePagesOf(ctx, q, i.ID); err != nil {
		return err
	}
	if err := store.ReplaceHistoryRows(ctx, q, i.ID, nil); err != nil {
		return err
	}
	return store.UpdateHistory(ctx, q, i)
}

// endOldHistory drops what nobody has worked on for a month: it holds names.
func (a *App) endOldHistory(ctx context.Context) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		old, err := store.LockOldHistory(ctx, q, a.clock.Now().AddDate(0, 0, -domain.LongestHistoryTerm))
		if err != nil {
			return err
		}
		for _, i := range old {
			if err := a.discardHistory(ctx, q, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// HistoryTemplate returns an empty list to fill in. Whoever is signed in may have it.
func (a *App) HistoryTemplate(ctx context.Context) ([]byte, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	return history.Template()
}
