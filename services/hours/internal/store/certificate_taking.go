package store

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Taking says who took what out: the paper of a certificate, or the register of
// a division.
type Taking struct {
	By            string
	At            time.Time
	CertificateID string // empty: the register
	Region        string // its code; empty: a paper
	Purpose       string
	Lines         int
}

// InsertTaking records it, in the transaction that reads what is taken.
func InsertTaking(ctx context.Context, q postgres.Querier, t Taking) error {
	const query = `
		INSERT INTO certificate_takings (id, taken_by, taken_at, certificate_id, region, purpose, lines)
		VALUES ($1, $2, $3, NULLIF($4, '')::uuid, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, id.New(), t.By, t.At, t.CertificateID, t.Region, t.Purpose, t.Lines); err != nil {
		return fmt.Errorf("record what was taken out: %w", err)
	}
	return nil
}
