package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertEnd says that a certificate counts no more. It returns
// domain.ErrCertificateEnded when it did not count already.
func InsertEnd(ctx context.Context, q postgres.Querier, certificateID string, e domain.CertificateEnd) error {
	const query = `
		INSERT INTO certificate_ends (certificate_id, state, reason, ended_by, ended_at)
		VALUES ($1, $2, $3, $4, $5)`

	_, err := q.ExecContext(ctx, query, certificateID, e.State, e.Reason, e.By, e.At)
	if postgres.Violated(err, "certificate_ends_pkey") {
		return domain.ErrCertificateEnded
	}
	if err != nil {
		return fmt.Errorf("end certificate %s: %w", certificateID, err)
	}
	return nil
}
