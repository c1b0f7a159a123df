package outbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
)

// errOvertaken says that the cursor is not where we left it: somebody else leads.
var errOvertaken = errors.New("another relay has moved the cursor")

// position is the cursor's row: everything up to (TX, ID) is in the stream
// that was made at StreamCreatedAt.
type position struct {
	TX              string    `db:"tx"`
	ID              int64     `db:"id"`
	Epoch           int64     `db:"epoch"`
	StreamCreatedAt time.Time `db:"stream_created_at"`
	StreamSequence  uint64    `db:"stream_sequence"`
}

// check loads the cursor and compares it with the stream that is there. When
// that is a new one, or has forgotten what it acknowledged, the cursor goes
// back to the start, and all retained events will be told again.
func (t *turn) check(ctx context.Context) error {
	stream, err := t.bus.StreamState(ctx, t.stream)
	if err != nil {
		return err
	}
	at, err := t.load(ctx, stream)
	if err != nil {
		return err
	}
	if !at.StreamCreatedAt.Equal(stream.Created) || at.StreamSequence > stream.LastSequence {
		if at, err = t.restart(ctx, at, stream); err != nil {
			return err
		}
		t.log.Warn("stream has lost events; all are told again", "epoch", at.Epoch, "stream_created", stream.Created)
	}
	t.at = at
	return nil
}

// load returns the cursor, made first when there is none.
func (t *turn) load(ctx context.Context, stream bus.StreamState) (position, error) {
	const find = `
		SELECT tx, id, epoch, stream_created_at, stream_sequence
		FROM outbox_cursor
		WHERE stream = $1`
	var at position
	err := t.conn.GetContext(ctx, &at, find, t.stream)
	if errors.Is(err, sql.ErrNoRows) {
		at = position{TX: "0", StreamCreatedAt: stream.Created}
		const insert = `
			INSERT INTO outbox_cursor (stream, tx, id, epoch, stream_created_at, stream_sequence)
			VALUES ($1, '0', 0, 0, $2, 0)`
		return at, t.write(ctx, insert, t.stream, stream.Created)
	}
	if err != nil {
		return at, fmt.Errorf("read cursor: %w", err)
	}
	return at, nil
}

func (t *turn) restart(ctx context.Context, from position, stream bus.StreamState) (position, error) {
	const update = `
		UPDATE outbox_cursor
		SET tx = '0', id = 0, epoch = epoch + 1, stream_created_at = $1, stream_sequence = 0
		WHERE stream = $2 AND tx = $3::xid8 AND id = $4 AND epoch = $5`
	err := t.write(ctx, update, stream.Created, t.stream, from.TX, from.ID, from.Epoch)
	return position{TX: "0", Epoch: from.Epoch + 1, StreamCreatedAt: stream.Created}, err
}

// move sets the cursor behind the last event sent, if it still is where we found it.
func (t *turn) move(ctx context.Context, tx string, id int64, sequence uint64) error {
	to := t.at
	to.TX, to.ID, to.StreamSequence = tx, id, max(to.StreamSequence, sequence)
	const update = `
		UPDATE outbox_cursor
		SET tx = $1::xid8, id = $2, stream_sequence = $3
		WHERE stream = $4 AND tx = $5::xid8 AND id = $6 AND epoch = $7 AND stream_created_at = $8`
	if err := t.write(ctx, update, to.TX, to.ID, int64(to.StreamSequence),
		t.stream, t.at.TX, t.at.ID, t.at.Epoch, t.at.StreamCreatedAt); err != nil {
		return err
	}
	t.at = to
	return nil
}

// write changes the cursor's row. It does not wait for the disk: losing the
// last moves in a crash only means telling those events again, and the
// service's own commits get the disk for themselves.
func (t *turn) write(ctx context.Context, query string, args ...any) error {
	return inTx(ctx, t.conn, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `SET LOCAL synchronous_commit = off`); err != nil {
			return fmt.Errorf("move cursor: %w", err)
		}
		done, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("move cursor: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(errOvertaken, err)
		}
		return nil
	})
}

// adopt makes a restored database usable; see the function in the migration.
func (r *Relay) adopt(ctx context.Context, conn *sqlx.Conn) error {
	var adopted bool
	err := inTx(ctx, conn, func(tx *sqlx.Tx) error {
		return tx.GetContext(ctx, &adopted, `SELECT outbox_adopt()`)
	})
	if err != nil {
		return fmt.Errorf("look for a restored outbox: %w", err)
	}
	if adopted {
		r.log.Warn("database was restored from elsewhere; all events are told again")
	}
	return nil
}

// inTx is explicit because lib/pq may silently repeat a statement outside a transaction.
func inTx(ctx context.Context, conn *sqlx.Conn, f func(tx *sqlx.Tx) error) error {
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}
