package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListHelpNumbers returns whom to call in a region at an instant.
func ListHelpNumbers(ctx context.Context, q postgres.Querier, regionPath string, at time.Time) ([]domain.HelpNumber, error) {
	const query = `
		SELECT json_build_object('phones', phones, 'zh', zh, 'en', en)
		FROM help_numbers
		WHERE in_force <= $2 AND starts_with($1, region_path)
		ORDER BY length(region_path) DESC, in_force DESC
		LIMIT 1`

	var raw []byte
	if err := sqlx.GetContext(ctx, q, &raw, query, regionPath, at); err != nil {
		return nil, fmt.Errorf("find whom to call in %s: %w", regionPath, err)
	}
	var row struct{ Phones, ZH, EN []string }
	if err := json.Unmarshal(raw, &row); err != nil {
		return nil, fmt.Errorf("read whom to call: %w", err)
	}
	numbers := make([]domain.HelpNumber, len(row.Phones))
	for i, phone := range row.Phones {
		numbers[i] = domain.HelpNumber{Phone: phone, ZH: row.ZH[i], EN: row.EN[i]}
	}
	return numbers, nil
}

// InsertHelpNumbers keeps whom to call in a region from an instant on.
func InsertHelpNumbers(ctx context.Context, q postgres.Querier, regionPath string, numbers []domain.HelpNumber, from time.Time, by string) error {
	const query = `
		INSERT INTO help_numbers (region_path, in_force, phones, zh, en, set_by)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT help_numbers_pkey DO NOTHING`

	if _, err := q.ExecContext(ctx, query, regionPath, from,
		postgres.Column(numbers, func(n domain.HelpNumber) string { return n.Phone }),
		postgres.Column(numbers, func(n domain.HelpNumber) string { return n.ZH }),
		postgres.Column(numbers, func(n domain.HelpNumber) string { return n.EN }), by); err != nil {
		return fmt.Errorf("keep whom to call in %s: %w", regionPath, err)
	}
	return nil
}
