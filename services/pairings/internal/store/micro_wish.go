package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const microWishColumns = `id, number, subject_id, region_path, county_path, sort, words, state, state_at, drafted_by, drafted_at, checked_by, checked_at,
	claimed_by, claim_ends, fulfilled_by, version`

type microWishRow struct {
	ID          string              `db:"id"`
	Number      int                 `db:"number"`
	SubjectID   string              `db:"subject_id"`
	RegionPath  string              `db:"region_path"`
	CountyPath  string              `db:"county_path"`
	Sort        string              `db:"sort"`
	Words       string              `db:"words"`
	State       domain.WishState    `db:"state"`
	StateAt     time.Time           `db:"state_at"`
	DraftedBy   string              `db:"drafted_by"`
	DraftedAt   time.Time           `db:"drafted_at"`
	CheckedBy   sql.Null[string]    `db:"checked_by"`
	CheckedAt   sql.Null[time.Time] `db:"checked_at"`
	ClaimedBy   sql.Null[string]    `db:"claimed_by"`
	ClaimEnds   sql.Null[time.Time] `db:"claim_ends"`
	FulfilledBy sql.Null[string]    `db:"fulfilled_by"`
	Version     int64               `db:"version"`
}

// InsertMicroWish keeps a wish and returns its number.
func InsertMicroWish(ctx context.Context, q postgres.Querier, w domain.MicroWish) (number int, err error) {
	const query = `
		INSERT INTO wishes (id, subject_id, region_path, county_path, sort, words, state, state_at, drafted_by, drafted_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		RETURNING number`

	if err := sqlx.GetContext(ctx, q, &number, query, w.ID, w.SubjectID, w.RegionPath, w.CountyPath, w.Sort, w.Words, w.State, w.StateAt, w.DraftedBy, w.DraftedAt, w.Version); err != nil {
		return 0, fmt.Errorf("keep a wish: %w", err)
	}
	return number, nil
}

// UpdateMicroWish writes how far a wish is. The database refuses what its gates forbid.
func UpdateMicroWish(ctx context.Context, q postgres.Querier, w domain.MicroWish) error {
	const query = `
		UPDATE wishes
		SET state = $2, state_at = $3, checked_by = $4, checked_at = $5, claimed_by = $6, claim_ends = $7, fulfilled_by = $8, version = $9, words = $10
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, w.ID, w.State, w.StateAt, nullable(w.CheckedBy), nullable(w.CheckedAt), nullable(w.ClaimedBy), nullable(w.ClaimEnds),
		nullable(w.FulfilledBy), w.Version, w.Words)
	for constraint, known := range map[string]error{
		"wishes_two_persons_check": domain.ErrWishPersons, "wishes_claimer_check": domain.ErrWishClaimer,
		"wishes_acknowledged_check": domain.ErrWishReceiver, "wishes_step_check": domain.ErrWishState,
	} {
		if postgres.Violated(err, constraint) {
			return known
		}
	}
	if err != nil {
		return fmt.Errorf("write a wish: %w", err)
	}
	return nil
}

// LockMicroWish returns a wish for an update, or domain.ErrNoWish.
func LockMicroWish(ctx context.Context, q postgres.Querier, wishID string) (domain.MicroWish, error) {
	const query = `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE id = $1
		FOR UPDATE`

	found, err := listMicroWishes(ctx, q, query, wishID)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoWish
	}
	if err != nil {
		return domain.MicroWish{}, err
	}
	return found[0], nil
}

// LockClaimer makes claims of one person wait for each other and returns how many wishes
// she has claimed.
func LockClaimer(ctx context.Context, q postgres.Querier, volunteerID string) (claimed int, err error) {
	const lock = `SELECT pg_advisory_xact_lock(hashtextextended('claimer ' || person_of($1)::text, 0))`
	const query = `SELECT count(*) FROM wishes WHERE state = 'claimed' AND claimed_by IN (SELECT records_of($1))`

	if _, err := q.ExecContext(ctx, lock, volunteerID); err != nil {
		return 0, fmt.Errorf("lock claims: %w", err)
	}
	if err := sqlx.GetContext(ctx, q, &claimed, query, volunteerID); err != nil {
		return 0, fmt.Errorf("count claims: %w", err)
	}
	return claimed, nil
}

// ListPublicWishes returns a page of what everybody may claim, the oldest first.
func ListPublicWishes(ctx context.Context, q postgres.Querier, page Page) ([]domain.MicroWish, error) {
	const query = postgres.Anew + `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE state = 'published' AND ($1::uuid IS NULL OR number > (SELECT number FROM wishes WHERE id = $1))
		ORDER BY number
		LIMIT $2`
	return listMicroWishes(ctx, q, query, nullable(page.After), page.Limit)
}

// ListWishesBelow returns a page of the wishes of the regions: those that wait for eyes
// first, then claimed ones.
func ListWishesBelow(ctx context.Context, q postgres.Querier, regionPaths []string, page Page) ([]domain.MicroWish, error) {
	const rank = `array_position(ARRAY['withdrawn', 'refused', 'fulfilled', 'published', 'claimed', 'drafted'], state)`
	const query = postgres.Anew + `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE region_path ^@ ANY ($1) AND ($2::uuid IS NULL OR (` + rank + `, number) < (SELECT ` + rank + `, number FROM wishes WHERE id = $2))
		ORDER BY ` + rank + ` DESC, number DESC
		LIMIT $3`
	return listMicroWishes(ctx, q, query, postgres.Array(regionPaths), nullable(page.After), page.Limit)
}

// ListMyWishes returns what a person has claimed, under any of her records.
func ListMyWishes(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.MicroWish, error) {
	const query = `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE claimed_by IN (SELECT records_of($1))
		ORDER BY state = 'fulfilled', state_at DESC
		LIMIT 50`
	return listMicroWishes(ctx, q, query, volunteerID)
}

// TakeOverdueWishes locks claimed wishes whose time is over.
func TakeOverdueWishes(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.MicroWish, error) {
	const query = `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE claim_ends <= $1
		ORDER BY claim_ends, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listMicroWishes(ctx, q, query, now, limit)
}

// TakeWishesOf locks the wishes of a child or a family that are not fulfilled.
func TakeWishesOf(ctx context.Context, q postgres.Querier, subjectID string) ([]domain.MicroWish, error) {
	const query = `
		SELECT ` + microWishColumns + `
		FROM wishes
		WHERE subject_id = $1 AND state IN ('drafted', 'published', 'claimed')
		ORDER BY id
		FOR UPDATE`
	return listMicroWishes(ctx, q, query, subjectID)
}

func listMicroWishes(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.MicroWish, error) {
	var rows []microWishRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list wishes: %w", err)
	}
	wishes := make([]domain.MicroWish, len(rows))
	for i, r := range rows {
		wishes[i] = domain.MicroWish{
			ID: r.ID, Number: r.Number, SubjectID: r.SubjectID, RegionPath: r.RegionPath, CountyPath: r.CountyPath, Sort: r.Sort, Words: r.Words, State: r.State,
			StateAt: r.StateAt.UTC(), DraftedBy: r.DraftedBy, DraftedAt: r.DraftedAt.UTC(), CheckedBy: r.CheckedBy.V, CheckedAt: instant(r.CheckedAt),
			ClaimedBy: r.ClaimedBy.V, ClaimEnds: instant(r.ClaimEnds), FulfilledBy: r.FulfilledBy.V, Version: r.Version,
		}
	}
	return wishes, nil
}

// CountWishes returns how many wishes in some states there are in each county, by its path.
func CountWishes(ctx context.Context, q postgres.Querier, states ...domain.WishState) (map[string]int, error) {
	const query = `
		SELECT county_path, count(*) AS n
		FROM wishes
		WHERE state = ANY ($1)
		GROUP BY county_path`

	var rows []struct {
		CountyPath string `db:"county_path"`
		N          int    `db:"n"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(states)); err != nil {
		return nil, fmt.Errorf("count wishes: %w", err)
	}
	counts := make(map[string]int, len(rows))
	for _, r := range rows {
		counts[r.CountyPath] = r.N
	}
	return counts, nil
}
