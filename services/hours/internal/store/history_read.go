package store

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertPageRead records who looked at a page of a register, in the transaction
// that opens it.
func InsertPageRead(ctx context.Context, q postgres.Querier, pageID, by string, at time.Time) error {
	const query = `
		INSERT INTO history_reads (id, page_id, read_by, read_at)
		VALUES ($1, $2, $3, $4)`

	if _, err := q.ExecContext(ctx, query, id.New(), pageID, by, at); err != nil {
		return fmt.Errorf("record a look at page %s: %w", pageID, err)
	}
	return nil
}
