package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListMappings returns every version of the national mapping, the newest first;
// the last is the one that is shipped.
func ListMappings(ctx context.Context, q postgres.Querier) ([]domain.NationalMapping, error) {
	const query = `
		SELECT version, sheets, source, set_by, set_at
		FROM national_mappings
		ORDER BY version DESC`

	var rows []struct {
		Version int       `db:"version"`
		Sheets  []byte    `db:"sheets"`
		Source  string    `db:"source"`
		SetBy   string    `db:"set_by"`
		SetAt   time.Time `db:"set_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list national mappings: %w", err)
	}
	list := make([]domain.NationalMapping, len(rows), len(rows)+1)
	for i, r := range rows {
		list[i] = domain.NationalMapping{Version: r.Version, Source: r.Source, SetBy: r.SetBy, SetAt: r.SetAt.UTC()}
		if err := json.Unmarshal(r.Sheets, &list[i].Sheets); err != nil {
			return nil, fmt.Errorf("read national mapping %d: %w", r.Version, err)
		}
	}
	return append(list, domain.ShippedMapping()), nil
}

// InsertMapping adds a version. It returns domain.ErrMappingTaken when there is one
// of this number.
func InsertMapping(ctx context.Context, q postgres.Querier, m domain.NationalMapping) error {
	const query = `
		INSERT INTO national_mappings (version, sheets, source, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5)`

	sheets, err := json.Marshal(m.Sheets)
	if err != nil {
		return fmt.Errorf("encode national mapping: %w", err)
	}
	_, err = q.ExecContext(ctx, query, m.Version, sheets, m.Source, m.SetBy, m.SetAt)
	if postgres.Violated(err, "national_mappings_pkey") {
		return domain.ErrMappingTaken
	}
	if err != nil {
		return fmt.Errorf("insert national mapping %d: %w", m.Version, err)
	}
	return nil
}
