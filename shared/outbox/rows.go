package outbox

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
)

// selectNext reads what comes after the cursor. A row is settled when every
// transaction as old as its own has ended: only then can nothing come before
// it any more. Settled rows come first, because tx is the first key.
const selectNext = `
	SELECT tx, id, event_id, aggregate, aggregate_version, subject, body, occurred_at,
	       tx < pg_snapshot_xmin(pg_current_snapshot()) AS settled
	FROM outbox
	WHERE (tx, id) > ($1::xid8, $2::bigint)
	ORDER BY tx, id
	LIMIT 500`

type row struct {
	TX               string    `db:"tx"`
	ID               int64     `db:"id"`
	EventID          string    `db:"event_id"`
	Aggregate        string    `db:"aggregate"`
	AggregateVersion int64     `db:"aggregate_version"`
	Subject          string    `db:"subject"`
	Body             []byte    `db:"body"`
	OccurredAt       time.Time `db:"occurred_at"`
	Settled          bool      `db:"settled"`
}

// settled cuts rows before the first that is not settled, and reports whether there was one.
func settled(rows []row) ([]row, bool) {
	for i, r := range rows {
		if !r.Settled {
			return rows[:i], true
		}
	}
	return rows, false
}

func messages(rows []row) []bus.Message {
	msgs := make([]bus.Message, len(rows))
	for i, r := range rows {
		msgs[i] = bus.Message{
			ID:         r.EventID,
			Subject:    r.Subject,
			Aggregate:  r.Aggregate,
			Version:    r.AggregateVersion,
			OccurredAt: r.OccurredAt,
			Data:       r.Body,
		}
	}
	return msgs
}
