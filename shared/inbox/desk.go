package inbox

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Most is how many letters are listed, and asked for, at once.
const Most = 200

// lastRedriven is how many of those that were applied after all are listed.
const lastRedriven = 20

var (
	errNotYours = apperr.New(apperr.Forbidden, "no_city_administrator", "没有处理成的事件只有市级管理员能看、能重做。", "Only administrators of the city see events that could not be carried out, and try them again.")
	errNoLetter = apperr.New(apperr.Invalid, "no_such_letter", "没有这件事，请刷新再看。", "There is no such event; please load the page again.")
)

// Letter is a dead letter as somebody sees it who decides about it.
type Letter struct {
	ID         string    `db:"id"`
	Consumer   string    `db:"consumer"`
	Subject    string    `db:"subject"`
	Cause      Cause     `db:"cause"`
	Error      string    `db:"error"` // its first line
	Attempts   int       `db:"attempts"`
	OccurredAt time.Time `db:"occurred_at"`
	DiedAt     time.Time `db:"died_at"`     // when it was tried last
	Waits      bool      `db:"waits"`       // it was asked for, and is not tried yet
	AskedAt    time.Time `db:"asked_at"`    // the last time; zero: never
	AskedBy    string    `db:"asked_by"`    // of the last time: a volunteer's id; empty: whoever runs the machine
	RedrivenAt time.Time `db:"redriven_at"` // zero: it was not applied yet
}

// Desk is what an administrator finds in a service.
type Desk struct {
	Count    int      // of all that are still to be looked at
	Letters  []Letter // the oldest Most of them
	Redriven []Letter // those that were applied last, the newest first
}

// ListLetters returns what is to be looked at, to administrators of the city; to
// others Forbidden. A letter holds ids only, and its body is not shown.
func ListLetters(ctx context.Context, db *postgres.DB) (d Desk, err error) {
	if _, err := mayRedrive(ctx); err != nil {
		return d, err
	}
	const columns = `
		SELECT l.id, l.consumer, l.subject, l.cause, left(split_part(l.error, E'\n', 1), 300) AS error, l.attempts, l.occurred_at, l.died_at,
		       l.asked_at IS NOT NULL AS waits, coalesce(r.asked_at, '0001-01-01 00:00:00Z') AS asked_at, coalesce(r.asked_by, '') AS asked_by,
		       coalesce(l.redriven_at, '0001-01-01 00:00:00Z') AS redriven_at
		FROM dead_letters l
		LEFT JOIN LATERAL (SELECT asked_at, asked_by FROM redrives WHERE letter_id = l.id ORDER BY asked_at DESC, id DESC LIMIT 1) r ON true`
	const count = `
		SELECT count(*)
		FROM dead_letters
		WHERE redriven_at IS NULL`
	const open = columns + `
		WHERE l.redriven_at IS NULL
		ORDER BY l.occurred_at, l.id
		LIMIT $1`
	const redriven = columns + `
		WHERE l.redriven_at IS NOT NULL
		ORDER BY l.redriven_at DESC, l.id
		LIMIT $1`
	err = db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := sqlx.GetContext(ctx, q, &d.Count, count); err != nil {
			return fmt.Errorf("count dead letters: %w", err)
		}
		if err := sqlx.SelectContext(ctx, q, &d.Letters, open, Most); err != nil {
			return fmt.Errorf("list dead letters: %w", err)
		}
		if err := sqlx.SelectContext(ctx, q, &d.Redriven, redriven, lastRedriven); err != nil {
			return fmt.Errorf("list redriven letters: %w", err)
		}
		return nil
	})
	return d, err
}

// Askers returns whose names the letters need.
func (d Desk) Askers() (ids []string) {
	for _, l := range slices.Concat(d.Letters, d.Redriven) {
		if l.AskedBy != "" && !slices.Contains(ids, l.AskedBy) {
			ids = append(ids, l.AskedBy)
		}
	}
	return ids
}

// AskAgain lets the consumers try letters again, within seconds, and writes down who
// asked. It is for administrators of the city, with a second factor. A letter that
// waits already, or was applied meanwhile, is left as it is; of one that does not exist
// it returns Invalid, and none is asked for.
func AskAgain(ctx context.Context, q postgres.Querier, letterIDs []string) error {
	who, err := mayRedrive(ctx)
	if err != nil {
		return err
	}
	if err := who.RequireStrong(); err != nil {
		return err
	}
	const lock = `
		SELECT id
		FROM dead_letters
		WHERE id = ANY ($1::uuid[])
		ORDER BY id
		FOR UPDATE`
	const ask = `
		WITH asked AS (
			UPDATE dead_letters
			SET asked_at = now()
			WHERE id = $1 AND asked_at IS NULL AND redriven_at IS NULL
			RETURNING id
		)
		INSERT INTO redrives (id, letter_id, asked_by)
		SELECT $2, id, $3
		FROM asked`
	letterIDs = slices.Compact(slices.Sorted(slices.Values(letterIDs)))
	var there []string
	if err := sqlx.SelectContext(ctx, q, &there, lock, postgres.Array(letterIDs)); err != nil {
		return fmt.Errorf("lock dead letters: %w", err)
	}
	if len(there) < len(letterIDs) {
		return apperr.For("letter_ids", errNoLetter)
	}
	for _, letterID := range there {
		if _, err := q.ExecContext(ctx, ask, letterID, id.New(), who.VolunteerID); err != nil {
			return fmt.Errorf("ask for dead letter %s: %w", letterID, err)
		}
	}
	return nil
}

func mayRedrive(ctx context.Context) (auth.Principal, error) {
	who, err := auth.From(ctx)
	if err == nil && !who.AdministersCity() {
		err = errNotYours
	}
	return who, err
}
