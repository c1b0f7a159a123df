package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// lockReportFacts lets one transaction at a time add to what reports count beside
// the ledger, until it is committed: what a snapshot holds is then all up to its
// highest seq, and a report needs to keep no more than that.
func lockReportFacts(ctx context.Context, q postgres.Querier) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('report facts', 0))`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("lock what reports count: %w", err)
	}
	return nil
}

// InsertActivities keeps what was told of shifts, every version of it once.
func InsertActivities(ctx context.Context, q postgres.Querier, known []domain.KnownActivity) error {
	const query = `
		INSERT INTO known_activities (shift_id, version, task_id, team_id, programme_id, region_path, reporting_unit, kind, title, day, confirmed, people_served)
		SELECT shift_id, version, task_id, team_id, programme_id, region_path, reporting_unit, kind, title, day, confirmed, people_served
		FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::int[], $12::int[])
			AS a (shift_id, version, task_id, team_id, programme_id, region_path, reporting_unit, kind, title, day, confirmed, people_served)
		ON CONFLICT ON CONSTRAINT known_activities_pkey DO NOTHING`

	if len(known) == 0 {
		return nil
	}
	if err := lockReportFacts(ctx, q); err != nil {
		return err
	}
	type activity = domain.KnownActivity
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k activity) string { return k.ShiftID }),
		postgres.Column(known, func(k activity) int64 { return k.Version }),
		postgres.Column(known, func(k activity) string { return k.TaskID }),
		postgres.Column(known, func(k activity) string { return k.TeamID }),
		postgres.Column(known, func(k activity) string { return k.ProgrammeID }),
		postgres.Column(known, func(k activity) string { return k.RegionPath }),
		postgres.Column(known, func(k activity) string { return k.ReportingUnit }),
		postgres.Column(known, func(k activity) string { return string(k.Kind) }),
		postgres.Column(known, func(k activity) string { return k.Title }),
		postgres.Column(known, func(k activity) string { return k.Day.String() }),
		postgres.Column(known, func(k activity) int64 { return int64(k.Confirmed) }),
		postgres.Column(known, func(k activity) int64 { return int64(k.PeopleServed) }),
	); err != nil {
		return fmt.Errorf("keep %d activities: %w", len(known), err)
	}
	return nil
}

// InsertBrigades keeps what was told of brigades, every version of it once.
func InsertBrigades(ctx context.Context, q postgres.Querier, known []domain.KnownBrigade) error {
	const query = `
		INSERT INTO known_brigades (team_id, version, region_path, reporting_unit, state, state_since, founded_on)
		SELECT team_id, version, region_path, reporting_unit, state, state_since, founded_on
		FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[])
			AS b (team_id, version, region_path, reporting_unit, state, state_since, founded_on)
		ON CONFLICT ON CONSTRAINT known_brigades_pkey DO NOTHING`

	if len(known) == 0 {
		return nil
	}
	if err := lockReportFacts(ctx, q); err != nil {
		return err
	}
	type brigade = domain.KnownBrigade
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k brigade) string { return k.TeamID }),
		postgres.Column(known, func(k brigade) int64 { return k.Version }),
		postgres.Column(known, func(k brigade) string { return k.RegionPath }),
		postgres.Column(known, func(k brigade) string { return k.ReportingUnit }),
		postgres.Column(known, func(k brigade) string { return k.State }),
		postgres.Column(known, func(k brigade) string { return k.StateSince.String() }),
		postgres.Column(known, func(k brigade) string { return k.FoundedOn.String() }),
	); err != nil {
		return fmt.Errorf("keep %d brigades: %w", len(known), err)
	}
	return nil
}

// FindReportPlace returns how far everything can be counted in the snapshot of
// the transaction; settledOn is a day that is over.
func FindReportPlace(ctx context.Context, q postgres.Querier, settledOn domain.Day) (domain.ReportPlace, error) {
	const query = `
		SELECT (SELECT COALESCE(max(index) + 1, 0) FROM log_leaves), (SELECT COALESCE(max(seq), 0) FROM known_activities), (SELECT COALESCE(max(seq), 0) FROM known_brigades)`

	p := domain.ReportPlace{SettledOn: settledOn}
	if err := q.QueryRowxContext(ctx, query).Scan(&p.LogSize, &p.ActivitySeq, &p.BrigadeSeq); err != nil {
		return p, fmt.Errorf("find the place of a report: %w", err)
	}
	return p, nil
}

// HasUnlogged reports whether a line of these days was recorded before the
// instant and is not in the ledger's log yet: a report would miss it.
func HasUnlogged(ctx context.Context, q postgres.Querier, from, until domain.Day, before domain.Day) (waits bool, err error) {
	const query = `
		SELECT EXISTS (
			SELECT FROM entries e
			WHERE e.day >= $1::date AND e.day < $2::date AND e.recorded_at < $3
				AND NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = e.id)
		)`

	if err := sqlx.GetContext(ctx, q, &waits, postgres.Anew+query, from.String(), until.String(), before.Start()); err != nil {
		return false, fmt.Errorf("look for lines that are not in the log: %w", err)
	}
	return waits, nil
}

// ListReportingUnits returns the reporting units (统计单位) of a region's brigades.
func ListReportingUnits(ctx context.Context, q postgres.Querier, regionPath string) (units []string, err error) {
	const query = `
		SELECT DISTINCT reporting_unit
		FROM known_brigades
		WHERE starts_with(region_path, $1) AND reporting_unit <> ''
		ORDER BY reporting_unit
		LIMIT 200`

	if err := sqlx.SelectContext(ctx, q, &units, query, regionPath); err != nil {
		return nil, fmt.Errorf("list reporting units of %s: %w", regionPath, err)
	}
	return units, nil
}
