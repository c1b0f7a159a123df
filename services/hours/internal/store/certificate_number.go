package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NextCertificateNumber draws the next number of an office's register of a year
// and holds the register until the transaction ends: a number that was drawn
// and rolled back is drawn again, and no two draw the same.
func NextCertificateNumber(ctx context.Context, q postgres.Querier, issuer string, year int) (serial int, err error) {
	const query = `
		INSERT INTO certificate_numbers (issuer, year, last)
		VALUES ($1, $2, 1)
		ON CONFLICT ON CONSTRAINT certificate_numbers_pkey DO UPDATE SET last = certificate_numbers.last + 1
		RETURNING last`

	if err := sqlx.GetContext(ctx, q, &serial, query, issuer, year); err != nil {
		return 0, fmt.Errorf("draw a number of %s in %d: %w", issuer, year, err)
	}
	return serial, nil
}
