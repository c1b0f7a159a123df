package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type swapRow struct {
	ID            string              `db:"id"`
	SignUpID      string              `db:"sign_up_id"`
	ShiftID       string              `db:"shift_id"`
	GiverID       string              `db:"giver_id"`
	Hash          []byte              `db:"hash"`
	State         string              `db:"state"`
	MadeAt        time.Time           `db:"made_at"`
	EndsAt        time.Time           `db:"ends_at"`
	TakerID       sql.Null[string]    `db:"taker_id"`
	TakenAt       sql.Null[time.Time] `db:"taken_at"`
	TakenSignUpID sql.Null[string]    `db:"taken_sign_up_id"`
	OtherShiftID  sql.Null[string]    `db:"other_shift_id"`
	OtherSignUpID sql.Null[string]    `db:"other_sign_up_id"`
	BackSignUpID  sql.Null[string]    `db:"back_sign_up_id"`
	UndoneBy      sql.Null[string]    `db:"undone_by"`
	UndoneAt      sql.Null[time.Time] `db:"undone_at"`
}

const selectSwaps = `
	SELECT id, sign_up_id, shift_id, giver_id, hash, state, made_at, ends_at, taker_id, taken_at, taken_sign_up_id,
		other_shift_id, other_sign_up_id, back_sign_up_id, undone_by, undone_at
	FROM swaps
	WHERE `

func (r swapRow) swap() domain.Swap {
	return domain.Swap{
		ID: r.ID, SignUpID: r.SignUpID, ShiftID: r.ShiftID, GiverID: r.GiverID, Hash: r.Hash, State: domain.SwapState(r.State),
		MadeAt: r.MadeAt.UTC(), EndsAt: r.EndsAt.UTC(), TakerID: r.TakerID.V, TakenAt: utc(r.TakenAt), TakenSignUpID: r.TakenSignUpID.V,
		OtherShiftID: r.OtherShiftID.V, OtherSignUpID: r.OtherSignUpID.V, BackSignUpID: r.BackSignUpID.V, UndoneBy: r.UndoneBy.V, UndoneAt: utc(r.UndoneAt),
	}
}

// FindSwap returns the swap whose link has this hash, or domain.ErrNoSwap.
func FindSwap(ctx context.Context, q postgres.Querier, hash []byte) (domain.Swap, error) {
	return oneSwap(ctx, q, selectSwaps+`hash = $1`, hash)
}

// FindSwapByID returns a swap, or domain.ErrNoSwap.
func FindSwapByID(ctx context.Context, q postgres.Querier, id string) (domain.Swap, error) {
	return oneSwap(ctx, q, selectSwaps+`id = $1`, id)
}

// LockSwap is FindSwapByID and holds the row; whoever calls it holds the persons.
func LockSwap(ctx context.Context, q postgres.Querier, id string) (domain.Swap, error) {
	return oneSwap(ctx, q, selectSwaps+`id = $1 FOR UPDATE`, id)
}

func oneSwap(ctx context.Context, q postgres.Querier, query string, arg any) (domain.Swap, error) {
	var row swapRow
	err := sqlx.GetContext(ctx, q, &row, query, arg)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Swap{}, domain.ErrNoSwap
	}
	if err != nil {
		return domain.Swap{}, fmt.Errorf("find a swap: %w", err)
	}
	return row.swap(), nil
}

// ListTakenSwaps returns the swaps that moved seats of a shift, latest first.
func ListTakenSwaps(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.Swap, error) {
	const query = selectSwaps + `state = 'taken' AND (shift_id = $1 OR other_shift_id = $1)
	ORDER BY taken_at DESC, id
	LIMIT 100`

	var rows []swapRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list the swaps of shift %s: %w", shiftID, err)
	}
	swaps := make([]domain.Swap, len(rows))
	for i, r := range rows {
		swaps[i] = r.swap()
	}
	return swaps, nil
}

// ListOpenSwaps returns until when links for these sign-ups are good, by sign-up.
func ListOpenSwaps(ctx context.Context, q postgres.Querier, signUpIDs []string, now time.Time) (map[string]time.Time, error) {
	const query = `
		SELECT sign_up_id, ends_at
		FROM swaps
		WHERE sign_up_id = ANY ($1::uuid[]) AND state = 'open' AND ends_at > $2`

	var rows []struct {
		SignUpID string    `db:"sign_up_id"`
		EndsAt   time.Time `db:"ends_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(signUpIDs), now); err != nil {
		return nil, fmt.Errorf("list open swaps: %w", err)
	}
	until := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		until[r.SignUpID] = r.EndsAt.UTC()
	}
	return until, nil
}

// EndSwaps makes the link for a sign-up worthless, if there is one.
func EndSwaps(ctx context.Context, q postgres.Querier, signUpID string) error {
	const query = `
		UPDATE swaps
		SET state = 'ended'
		WHERE sign_up_id = $1 AND state = 'open'`

	if _, err := q.ExecContext(ctx, query, signUpID); err != nil {
		return fmt.Errorf("end the swap of sign-up %s: %w", signUpID, err)
	}
	return nil
}

// InsertSwap adds a link.
func InsertSwap(ctx context.Context, q postgres.Querier, w domain.Swap) error {
	const query = `
		INSERT INTO swaps (id, sign_up_id, shift_id, giver_id, hash, state, made_at, ends_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	if _, err := q.ExecContext(ctx, query, w.ID, w.SignUpID, w.ShiftID, w.GiverID, w.Hash, w.State, w.MadeAt, w.EndsAt); err != nil {
		return fmt.Errorf("insert swap %s: %w", w.ID, err)
	}
	return nil
}

// UpdateSwap writes that a link was taken, or that this was undone.
func UpdateSwap(ctx context.Context, q postgres.Querier, w domain.Swap) error {
	const query = `
		UPDATE swaps
		SET state = $2, taker_id = $3, taken_at = $4, taken_sign_up_id = $5, other_shift_id = $6, other_sign_up_id = $7, back_sign_up_id = $8,
			undone_by = $9, undone_at = $10
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, w.ID, w.State, nullText(w.TakerID), nullTime(w.TakenAt), nullText(w.TakenSignUpID),
		nullText(w.OtherShiftID), nullText(w.OtherSignUpID), nullText(w.BackSignUpID), nullText(w.UndoneBy), nullTime(w.UndoneAt))
	if postgres.Violated(err, "swaps_persons_check") {
		return domain.ErrOwnSwap
	}
	if err != nil {
		return fmt.Errorf("update swap %s: %w", w.ID, err)
	}
	return nil
}
