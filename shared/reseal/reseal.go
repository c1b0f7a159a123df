// Package reseal seals what a database keeps with a vault's present key, so that older
// keys are needed no more.
//
// It works beside the running service. A few rows at a time are locked, opened, sealed
// again and written back in one transaction; a row that somebody else holds is left for
// the next round, so nobody waits for it and it never takes part in a deadlock. What is
// done says so itself: a ciphertext names its key. So whoever is killed begins anew and
// goes on where it was, and a second run changes nothing. Blind indexes have a key of
// their own, which stays: whoever was found by a phone number is found by it throughout.
package reseal

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Column is a column of sealed values.
type Column struct {
	Table, Column string
	Row           string      // the column, of type uuid, that the place of a value names as its row
	At            vault.Place // whose Row is filled in; zero: Table and Column
	Few           bool        // values may be large: few are read at once
}

const (
	atOnce    = 500
	fewAtOnce = 8
	pause     = 200 * time.Millisecond // before rows are tried again that somebody held
)

// Tell hears how many values are sealed anew, of how many.
type Tell func(done, of int)

// All seals every value of the columns with v's present key, and returns how many it
// changed. db is opened as the owner. A value that no key of v opens is named by table
// and row in the error.
func All(ctx context.Context, db *postgres.DB, v *vault.Vault, columns []Column, tell Tell) (changed int, err error) {
	of := 0
	for _, c := range columns {
		n, err := c.left(ctx, db, v)
		if err != nil {
			return 0, err
		}
		of += n
	}
	tell(0, of)
	for _, c := range columns {
		for left := 1; left > 0; {
			n, err := c.round(ctx, db, v, func(more int) { tell(changed+more, max(of, changed+more)) })
			changed += n
			if err != nil {
				return changed, err
			}
			if left, err = c.left(ctx, db, v); err != nil {
				return changed, err
			}
			if left > 0 && n == 0 {
				if err := rest(ctx); err != nil {
					return changed, err
				}
			}
		}
	}
	return changed, nil
}

func rest(ctx context.Context) error {
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// old is true of a value that the present key, of which $1 is the mark, has not sealed.
func (c Column) old() string {
	return fmt.Sprintf(`%[1]q IS NOT NULL AND substring(%[1]q FROM 1 FOR length($1::bytea)) <> $1::bytea`, c.Column)
}

// left counts the values that another key has sealed.
func (c Column) left(ctx context.Context, db *postgres.DB, v *vault.Vault) (n int, err error) {
	query := fmt.Sprintf(`SELECT count(*) FROM %q WHERE %s`, c.Table, c.old())
	err = db.Read(ctx, func(q postgres.Querier) error { return q.QueryRowxContext(ctx, query, v.Mark()).Scan(&n) })
	if err != nil {
		err = fmt.Errorf("count old values of %s.%s: %w", c.Table, c.Column, err)
	}
	return n, err
}

// round goes through the column once.
func (c Column) round(ctx context.Context, db *postgres.DB, v *vault.Vault, tell func(changed int)) (changed int, err error) {
	after := "00000000-0000-0000-0000-000000000000"
	for {
		var n int
		err := db.InTx(ctx, func(q postgres.Querier) (err error) {
			n, after, err = c.some(ctx, q, v, after)
			return err
		})
		if err != nil {
			return changed, fmt.Errorf("seal %s.%s anew: %w", c.Table, c.Column, err)
		}
		if n == 0 {
			return changed, nil
		}
		changed += n
		tell(changed)
	}
}

// some seals the next values anew and returns how many, and where to go on.
func (c Column) some(ctx context.Context, q postgres.Querier, v *vault.Vault, after string) (int, string, error) {
	find := fmt.Sprintf(`
		SELECT ctid::text, %[2]q::text, %[3]q
		FROM %[1]q
		WHERE %[4]s AND %[2]q >= $2::uuid
		ORDER BY %[2]q
		LIMIT $3
		FOR UPDATE SKIP LOCKED`, c.Table, c.Row, c.Column, c.old())
	update := fmt.Sprintf(`
		UPDATE %[1]q t
		SET %[2]q = n.sealed
		FROM unnest($1::text[], $2::bytea[]) AS n (place, sealed)
		WHERE t.ctid = n.place::tid`, c.Table, c.Column)
	rows, err := q.QueryxContext(ctx, find, v.Mark(), after, c.limit())
	if err != nil {
		return 0, after, err
	}
	defer func() { _ = rows.Close() }()
	var places []string // a locked row stays where it is
	var sealed [][]byte
	for rows.Next() {
		var place string
		var value []byte
		if err := rows.Scan(&place, &after, &value); err != nil {
			return 0, after, err
		}
		fresh, err := c.again(v, value, after)
		if err != nil {
			return 0, after, err
		}
		places, sealed = append(places, place), append(sealed, fresh)
	}
	if err := rows.Err(); err != nil || len(places) == 0 {
		return 0, after, err
	}
	_, err = q.ExecContext(ctx, update, postgres.Array(places), postgres.Array(sealed))
	return len(places), after, err
}

func (c Column) again(v *vault.Vault, value []byte, row string) ([]byte, error) {
	at := c.At
	if at.Table == "" {
		at = vault.Place{Table: c.Table, Column: c.Column}
	}
	at.Row = row
	plain, err := v.Open(value, at)
	if err != nil {
		return nil, err
	}
	return v.Seal(plain, at)
}

func (c Column) limit() int {
	if c.Few {
		return fewAtOnce
	}
	return atOnce
}
