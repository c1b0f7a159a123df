package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoHeld says that nothing is held under this id, or not for this reader.
var ErrNoHeld = apperr.New(apperr.NotFound, "no_such_held_credit", "没有这一条待核对的时长，或者不在您的管辖范围内。", "There is no such held credit, or it is not one of yours.")

// InsertHeld keeps what could not be credited.
func InsertHeld(ctx context.Context, q postgres.Querier, held []domain.HeldCredit) error {
	const query = `
		INSERT INTO held_credits (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, against, held_at)
		SELECT id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, against, held_at
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
				$9::int[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::uuid[], $14::text[], $15::uuid[],
				$16::timestamptz[], $17::uuid[], $18::timestamptz[])
			AS h (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, verification,
				minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, against, held_at)`

	type heldCredit = domain.HeldCredit
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(held, func(h heldCredit) string { return h.Entry.ID }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.VolunteerID }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.TeamID }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.ProgrammeID }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.RegionPath }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.ReportingUnit }),
		postgres.Column(held, func(h heldCredit) string { return string(h.Entry.Kind) }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.Verification }),
		postgres.Column(held, func(h heldCredit) int64 { return int64(h.Entry.Minutes) }),
		postgres.Column(held, func(h heldCredit) time.Time { return h.Entry.From }),
		postgres.Column(held, func(h heldCredit) time.Time { return h.Entry.To }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.SourceKind }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.SourceID }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.Title }),
		postgres.Column(held, func(h heldCredit) string { return h.Entry.ConfirmedBy }),
		postgres.Column(held, func(h heldCredit) time.Time { return h.Entry.ConfirmedAt }),
		postgres.Column(held, func(h heldCredit) string { return h.Against }),
		postgres.Column(held, func(h heldCredit) time.Time { return h.HeldAt }),
	); err != nil {
		return fmt.Errorf("insert %d held credits: %w", len(held), err)
	}
	return nil
}

type heldRow struct {
	entryRow                 // seq and recorded_at stay empty: it is no line yet
	Against   string         `db:"against"`
	HeldAt    time.Time      `db:"held_at"`
	State     string         `db:"state"`
	DecidedBy sql.NullString `db:"decided_by"`
	DecidedAt sql.NullTime   `db:"decided_at"`
	Reason    string         `db:"reason"`
}

const heldColumns = `id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, kind AS account, verification,
	minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, against, held_at, state, decided_by, decided_at, reason`

func (r heldRow) held() domain.HeldCredit {
	return domain.HeldCredit{
		Entry: r.entry(), Against: r.Against, HeldAt: r.HeldAt.UTC(), State: domain.HeldState(r.State),
		DecidedBy: r.DecidedBy.String, DecidedAt: r.DecidedAt.Time.UTC(), Reason: r.Reason,
	}
}

const heldByID = `
	SELECT ` + heldColumns + `
	FROM held_credits
	WHERE id = $1`

// FindHeld returns what is held under the id, or ErrNoHeld.
func FindHeld(ctx context.Context, q postgres.Querier, id string) (domain.HeldCredit, error) {
	return oneHeld(ctx, q, heldByID, id)
}

// LockHeld is FindHeld, and nobody else can decide it until the transaction ends.
func LockHeld(ctx context.Context, q postgres.Querier, id string) (domain.HeldCredit, error) {
	return oneHeld(ctx, q, heldByID+` FOR UPDATE`, id)
}

func oneHeld(ctx context.Context, q postgres.Querier, query, id string) (domain.HeldCredit, error) {
	var row heldRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.HeldCredit{}, ErrNoHeld
	}
	if err != nil {
		return domain.HeldCredit{}, fmt.Errorf("find held credit %s: %w", id, err)
	}
	return row.held(), nil
}

// UpdateHeld writes the decision about what was held.
func UpdateHeld(ctx context.Context, q postgres.Querier, h domain.HeldCredit) error {
	const query = `
		UPDATE held_credits
		SET state = $2, decided_by = $3, decided_at = $4, reason = $5
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, h.Entry.ID, string(h.State), h.DecidedBy, h.DecidedAt, h.Reason)
	if postgres.Violated(err, "held_credits_own_check") {
		return domain.ErrHeldOwn
	}
	if err != nil {
		return fmt.Errorf("decide held credit %s: %w", h.Entry.ID, err)
	}
	return nil
}

// ListOpenHeld returns what is held below one of the regions, the oldest
// first, up to limit.
func ListOpenHeld(ctx context.Context, q postgres.Querier, regionPaths []string, limit int) ([]domain.HeldCredit, error) {
	const query = `
		SELECT ` + heldColumns + `
		FROM held_credits
		WHERE state = 'open' AND region_path LIKE ANY (SELECT path || '%' FROM unnest($1::text[]) AS r (path))
		ORDER BY held_at, id
		LIMIT $2`
	return manyHeld(ctx, q, query, postgres.Array(regionPaths), limit)
}

// ListHeldOf returns all that was ever held of a person's records and did not
// become a line, the newest first.
func ListHeldOf(ctx context.Context, q postgres.Querier, records []string) ([]domain.HeldCredit, error) {
	const query = `
		SELECT ` + heldColumns + `
		FROM held_credits
		WHERE volunteer_id = ANY ($1::uuid[]) AND state <> 'credited'
		ORDER BY held_at DESC, id`
	return manyHeld(ctx, q, query, postgres.Array(records))
}

func manyHeld(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.HeldCredit, error) {
	var rows []heldRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list held credits: %w", err)
	}
	held := make([]domain.HeldCredit, len(rows))
	for i, r := range rows {
		held[i] = r.held()
	}
	return held, nil
}
