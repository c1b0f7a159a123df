package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func pagePlace(pageID string) vault.Place {
	return vault.Place{Table: "history_pages", Column: "sealed", Row: pageID}
}

const pageColumns = `id, import_id, number, kind, size, added_at`

type pageRow struct {
	ID       string    `db:"id"`
	ImportID string    `db:"import_id"`
	Number   int       `db:"number"`
	Kind     string    `db:"kind"`
	Size     int       `db:"size"`
	AddedAt  time.Time `db:"added_at"`
}

func (r pageRow) page() domain.HistoryPage {
	return domain.HistoryPage{ID: r.ID, ImportID: r.ImportID, Number: r.Number, Kind: domain.HistoryPageKind(r.Kind), Size: r.Size, AddedAt: r.AddedAt.UTC()}
}

// InsertPage seals a page of a register.
func InsertPage(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.HistoryPage, content []byte) error {
	const query = `
		INSERT INTO history_pages (id, import_id, number, kind, size, sealed, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	sealed, err := v.Seal(string(content), pagePlace(p.ID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, p.ID, p.ImportID, p.Number, p.Kind, p.Size, sealed, p.AddedAt); err != nil {
		return fmt.Errorf("insert page %s: %w", p.ID, err)
	}
	return nil
}

// ListPages returns the pages of an import in order, without what they show.
func ListPages(ctx context.Context, q postgres.Querier, importID string) ([]domain.HistoryPage, error) {
	const query = `
		SELECT ` + pageColumns + `
		FROM history_pages
		WHERE import_id = $1
		ORDER BY number`

	var rows []pageRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, importID); err != nil {
		return nil, fmt.Errorf("list pages of %s: %w", importID, err)
	}
	pages := make([]domain.HistoryPage, len(rows))
	for i, r := range rows {
		pages[i] = r.page()
	}
	return pages, nil
}

// FindPage returns a page without what it shows, or domain.ErrNoHistoryPage.
func FindPage(ctx context.Context, q postgres.Querier, pageID string) (domain.HistoryPage, error) {
	const query = `
		SELECT ` + pageColumns + `
		FROM history_pages
		WHERE id = $1`

	var row pageRow
	err := sqlx.GetContext(ctx, q, &row, query, pageID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.HistoryPage{}, domain.ErrNoHistoryPage
	}
	if err != nil {
		return domain.HistoryPage{}, fmt.Errorf("find page %s: %w", pageID, err)
	}
	return row.page(), nil
}

// OpenPage returns what a page shows.
func OpenPage(ctx context.Context, q postgres.Querier, v *vault.Vault, pageID string) ([]byte, error) {
	sealed, err := findSealed(ctx, q, `SELECT sealed FROM history_pages WHERE id = $1`, pageID)
	if err != nil {
		return nil, err
	}
	plain, err := v.Open(sealed, pagePlace(pageID))
	return []byte(plain), err
}

// DeletePage takes a page away, or returns domain.ErrNoHistoryPage when somebody else just did.
func DeletePage(ctx context.Context, q postgres.Querier, pageID string) error {
	n, err := deletePages(ctx, q, `DELETE FROM history_pages WHERE id = $1`, pageID)
	if err == nil && n == 0 {
		return domain.ErrNoHistoryPage
	}
	return err
}

// DeletePagesOf takes away all pages of an import.
func DeletePagesOf(ctx context.Context, q postgres.Querier, importID string) error {
	_, err := deletePages(ctx, q, `DELETE FROM history_pages WHERE import_id = $1`, importID)
	return err
}

func deletePages(ctx context.Context, q postgres.Querier, query, key string) (int64, error) {
	res, err := q.ExecContext(ctx, query, key)
	if err != nil {
		return 0, fmt.Errorf("delete pages of %s: %w", key, err)
	}
	return res.RowsAffected()
}
