package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Page is a part of a list: at most Limit lines of Part, after the one with the id After,
// which marks its place also when it has changed since.
type Page struct {
	Part  string // empty: all
	After string // empty: from the start
	Limit int
}

// PairingsOf are whose pairings are listed: of children below Cared, and below Overseen
// the open ones that a person supervises or stands in for.
type PairingsOf struct {
	VolunteerID     string
	Cared, Overseen []string
}

// pairingsOf is a query's beginning: the pairings with the parts that each belongs to and
// its place, what an officer has something to do for first, closed ones last. Its $1 to $4
// are those of args.
const pairingsOf = postgres.Anew + `
	WITH records AS (SELECT id FROM records_of($1) AS r (id)), listed AS (
		SELECT p.*, CASE WHEN state <> 'closed' AND (state = 'proposed' OR told_id IS NULL OR state = 'trial' AND trial_ends_at <= $4::timestamptz + make_interval(secs => $5)
				OR state = 'paused' AND state_at < $4::timestamptz - make_interval(secs => $6)) THEN ARRAY['due', state] ELSE ARRAY[state] END AS parts,
			array_position(ARRAY['proposed', 'paused', 'trial', 'active', 'closed'], state) AS rank,
			extract(epoch FROM CASE state WHEN 'trial' THEN trial_ends_at WHEN 'closed' THEN state_at ELSE proposed_at END) * CASE state WHEN 'closed' THEN -1 ELSE 1 END AS place
		FROM pairings p
		WHERE p.region_path ^@ ANY ($2) OR p.state <> 'closed' AND p.region_path ^@ ANY ($3)
			AND (p.supervisor_id = ANY (ARRAY(SELECT id FROM records)) OR p.deputy_id = ANY (ARRAY(SELECT id FROM records)))
	)`

func (o PairingsOf) args(now time.Time) []any {
	return []any{o.VolunteerID, postgres.Array(o.Cared), postgres.Array(o.Overseen), now, domain.ReviewBefore.Seconds(), domain.PausedLong.Seconds()}
}

// ListPairings returns a page of pairings.
func ListPairings(ctx context.Context, q postgres.Querier, of PairingsOf, page Page, now time.Time) ([]domain.Pairing, error) {
	const query = pairingsOf + `
		SELECT ` + pairingColumns + `
		FROM listed
		WHERE ($7 = '' OR $7 = ANY (parts)) AND ($8::uuid IS NULL OR (rank, place, id) > (SELECT rank, place, id FROM listed WHERE id = $8))
		ORDER BY rank, place, id
		LIMIT $9`
	return listPairings(ctx, q, query, append(of.args(now), page.Part, nullable(page.After), page.Limit)...)
}

// CountPairings returns how many there are in each part.
func CountPairings(ctx context.Context, q postgres.Querier, of PairingsOf, now time.Time) (map[string]int, error) {
	const query = pairingsOf + `
		SELECT part, count(*) AS n
		FROM listed, unnest(parts) AS part
		GROUP BY part`
	return countParts(ctx, q, query, of.args(now)...)
}

func countParts(ctx context.Context, q postgres.Querier, query string, args ...any) (map[string]int, error) {
	var rows []struct {
		Part string `db:"part"`
		N    int    `db:"n"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("count the parts of a list: %w", err)
	}
	counts := make(map[string]int, len(rows))
	for _, r := range rows {
		counts[r.Part] = r.N
	}
	return counts, nil
}
