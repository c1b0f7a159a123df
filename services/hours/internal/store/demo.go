package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// IsEmpty reports whether the ledger has no line.
func IsEmpty(ctx context.Context, q postgres.Querier) (bool, error) {
	const query = `SELECT NOT EXISTS (SELECT FROM entries)`

	var empty bool
	if err := sqlx.GetContext(ctx, q, &empty, query); err != nil {
		return false, fmt.Errorf("look into the ledger: %w", err)
	}
	return empty, nil
}

// FillEntries writes very many lines into the empty ledger, as its owner.
func FillEntries(ctx context.Context, q postgres.Querier, entries iter.Seq2[domain.Entry, error]) error {
	columns := []string{
		"id", "volunteer_id", "team_id", "programme_id", "region_path", "reporting_unit", "kind", "account", "verification",
		"minutes", "started_at", "ended_at", "source_kind", "source_id", "title", "confirmed_by", "confirmed_at", "recorded_at", "settles_on",
	}
	return postgres.InBulk(ctx, q, []string{"entries"}, func() error {
		_, err := postgres.Copy(ctx, q, "entries", columns, rowsOf(entries))
		return err
	})
}

func rowsOf(entries iter.Seq2[domain.Entry, error]) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for e, err := range entries {
			if !yield([]any{
				e.ID, e.VolunteerID, e.TeamID, e.ProgrammeID, e.RegionPath, e.ReportingUnit, string(e.Kind), string(e.Account), e.Verification,
				e.Minutes, e.From, e.To, e.SourceKind, e.SourceID, e.Title, e.ConfirmedBy, e.ConfirmedAt, e.RecordedAt, e.SettlesOn.Date(),
			}, err) {
				return
			}
		}
	}
}

// FillReportFacts writes what reports count beside the ledger, as its owner.
func FillReportFacts(ctx context.Context, q postgres.Querier, activities []domain.KnownActivity, brigades []domain.KnownBrigade) error {
	columns := []string{"shift_id", "version", "task_id", "team_id", "programme_id", "region_path", "reporting_unit", "kind", "title", "day", "confirmed", "people_served"}
	rows := func(yield func([]any, error) bool) {
		for _, a := range activities {
			if !yield([]any{
				a.ShiftID, a.Version, a.TaskID, a.TeamID, a.ProgrammeID, a.RegionPath, a.ReportingUnit, string(a.Kind), a.Title, a.Day.Date(), a.Confirmed, a.PeopleServed,
			}, nil) {
				return
			}
		}
	}
	if _, err := postgres.Copy(ctx, q, "known_activities", columns, rows); err != nil {
		return err
	}
	return InsertBrigades(ctx, q, brigades)
}

// FillIntervals takes for every line of the ledger its stretch, as its owner.
// Nobody in the ledger may be in two places; else it fails.
func FillIntervals(ctx context.Context, q postgres.Querier) error {
	const query = `
		INSERT INTO credited_intervals (entry_id, volunteer_id, during)
		SELECT id, volunteer_id, tstzrange(started_at, ended_at)
		FROM entries
		ORDER BY id`

	return postgres.InBulk(ctx, q, []string{"credited_intervals"}, func() error {
		if _, err := q.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("fill credited intervals: %w", err)
		}
		return nil
	})
}

// FillStars writes who reached which star on which day, by the rule in force, up
// to today; nobody is told of it.
func FillStars(ctx context.Context, q postgres.Querier, today domain.Day) error {
	const query = `
		WITH rule AS (
			SELECT id, level, needed
			FROM (SELECT id, minutes FROM star_rules WHERE valid_from <= $1::date ORDER BY valid_from DESC, set_at DESC LIMIT 1) AS r,
				unnest(r.minutes) WITH ORDINALITY AS l (needed, level)
		), running AS (
			SELECT volunteer_id, settles_on, sum(sum(minutes)) OVER (PARTITION BY volunteer_id ORDER BY settles_on) AS minutes
			FROM totals
			WHERE account = 'service' AND settles_on <= $1::date
			GROUP BY volunteer_id, settles_on
		), reached AS (
			SELECT DISTINCT ON (volunteer_id, level) volunteer_id, level, needed, id, settles_on, minutes
			FROM running
			JOIN rule ON minutes >= needed
			ORDER BY volunteer_id, level, settles_on
		), highest AS (
			SELECT DISTINCT ON (volunteer_id, settles_on) volunteer_id, level, needed, id, settles_on, minutes
			FROM reached
			ORDER BY volunteer_id, settles_on, level DESC
		)
		INSERT INTO star_changes (volunteer_id, on_day, level, was, minutes, needed, rule_id, made_at)
		SELECT volunteer_id, settles_on, level, lag(level, 1, 0::bigint) OVER (PARTITION BY volunteer_id ORDER BY level), minutes, needed, id, settles_on
		FROM highest
		ORDER BY settles_on, volunteer_id`

	if _, err := q.ExecContext(ctx, query, today.String()); err != nil {
		return fmt.Errorf("fill stars: %w", err)
	}
	return InsertStarDay(ctx, q, today)
}

// FillTotals sums the whole ledger into the empty table of totals.
func FillTotals(ctx context.Context, q postgres.Querier) error {
	const query = `
		INSERT INTO totals (volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries)
		SELECT volunteer_id, day, team_id, programme_id, region_path, account, settles_on, sum(minutes), count(*)
		FROM entries
		GROUP BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on
		ORDER BY volunteer_id, day, team_id, programme_id, region_path, account, settles_on;
		ANALYZE entries, totals, known`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("fill totals: %w", err)
	}
	return nil
}
