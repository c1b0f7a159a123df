package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListConsentTexts returns every version of the words of every consent, oldest
// first. They are few, and come with a release.
func ListConsentTexts(ctx context.Context, q postgres.Querier) ([]domain.ConsentText, error) {
	const query = `
		SELECT purpose, version, zh, en, from_at, material
		FROM consent_texts
		ORDER BY purpose, version`

	var rows []struct {
		Purpose  string    `db:"purpose"`
		Version  int       `db:"version"`
		Zh       string    `db:"zh"`
		En       string    `db:"en"`
		From     time.Time `db:"from_at"`
		Material bool      `db:"material"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list consent texts: %w", err)
	}
	texts := make([]domain.ConsentText, len(rows))
	for i, r := range rows {
		texts[i] = domain.ConsentText{Purpose: domain.Purpose(r.Purpose), Version: r.Version, Zh: r.Zh, En: r.En, From: r.From.UTC(), Material: r.Material}
	}
	return texts, nil
}
