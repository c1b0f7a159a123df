package outbox

import (
	"cmp"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
)

// selectNext reads what is committed after the cursor. A row is settled when
// every transaction as old as its own has ended: only then can nothing come
// before it any more. Settled rows come first, because tx is the first key.
const selectNext = `
	SELECT tx, id, event_id, aggregate, aggregate_version, subject, body, occurred_at, coalesce(traceparent, '') AS traceparent,
	       tx < pg_snapshot_xmin(pg_current_snapshot()) AS settled
	FROM outbox
	WHERE (tx, id) > ($1::xid8, $2::bigint)
	ORDER BY tx, id
	LIMIT 600` // batchSize + lookAhead

type row struct {
	TX               string    `db:"tx"`
	ID               int64     `db:"id"`
	EventID          string    `db:"event_id"`
	Aggregate        string    `db:"aggregate"`
	AggregateVersion int64     `db:"aggregate_version"`
	Subject          string    `db:"subject"`
	Body             []byte    `db:"body"`
	OccurredAt       time.Time `db:"occurred_at"`
	Traceparent      string    `db:"traceparent"`
	Settled          bool      `db:"settled"`
}

// cut returns how many of the rows make the next batch.
//
// Events are told in the order of their ids, which are drawn while the
// aggregate is locked. Transaction numbers are drawn earlier, some before
// waiting for that lock, so an event may have a higher id and a lower tx than
// its predecessor. The predecessor was committed first and is therefore among
// the rows, perhaps not settled yet; then both wait. A batch never ends
// between the two (unless hundreds of other rows lie between them: consumers
// compare versions all the same).
func cut(rows []row) int {
	settled := slices.IndexFunc(rows, func(r row) bool { return !r.Settled })
	if settled < 0 {
		settled = len(rows)
	}
	end := settled
	if len(rows) == batchSize+lookAhead {
		end = min(settled, batchSize)
	}
	for at := parted(rows, end); at >= 0; at = parted(rows, end) {
		end = at
	}
	if end == 0 && settled == batchSize+lookAhead {
		return settled // nothing to wait for
	}
	return end
}

// parted returns the first row before end whose predecessor lies behind end, or -1.
func parted(rows []row, end int) int {
	lowest := map[string]int64{} // id of each aggregate behind end
	for _, r := range rows[end:] {
		if id, ok := lowest[r.Aggregate]; !ok || r.ID < id {
			lowest[r.Aggregate] = r.ID
		}
	}
	return slices.IndexFunc(rows[:end], func(r row) bool {
		id, ok := lowest[r.Aggregate]
		return ok && id < r.ID
	})
}

// byID returns the rows in the order in which they are told.
func byID(rows []row) []row {
	return slices.SortedFunc(slices.Values(rows), func(a, b row) int { return cmp.Compare(a.ID, b.ID) })
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
			Trace:      r.Traceparent,
		}
	}
	return msgs
}
