package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// inLog holds for lines e that a report with a place counts; afterLog for those
// that it does not, because they came later.
const (
	inLog    = ` AND EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = e.id AND l.index < %d)`
	afterLog = ` AND NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = e.id AND l.index < %d)`
)

func counts(p domain.ReportPlace) string {
	if p.WithoutLimits {
		return ""
	}
	return fmt.Sprintf(inLog, p.LogSize) // a number of our own; written out, the planner sees how many lines it leaves
}

// factColumns selects what scanFact reads of lines e.
const factColumns = `e.day - DATE '1970-01-01', e.volunteer_id, e.team_id, e.programme_id, e.region_path, e.reporting_unit, e.account, e.verification`

// EachLineFact calls f for the lines of a region's days that the place counts.
func EachLineFact(ctx context.Context, q postgres.Querier, span domain.Filter, p domain.ReportPlace, f func(domain.Fact)) error {
	query := postgres.Anew + `
		SELECT ` + factColumns + `, e.minutes, CASE e.kind WHEN 'reversal' THEN -1 ELSE 1 END
		FROM entries e
		WHERE e.day >= $1::date AND e.day < $2::date AND starts_with(e.region_path, $3)` + counts(p)
	return eachFact(ctx, q, domain.LineFacts, f, query, span.From.String(), span.Until.String(), span.RegionPath)
}

// EachSettledFact calls f for what of a region's days counts as settled on the
// place's day, and for what holds lines back on it.
func EachSettledFact(ctx context.Context, q postgres.Querier, span domain.Filter, p domain.ReportPlace, f func(domain.Fact)) error {
	const query = postgres.Anew + `
		SELECT ` + factColumns + `, e.minutes, 1
		FROM entries e
		WHERE e.day >= $1::date AND e.day < $2::date AND starts_with(e.region_path, $3) AND e.settles_on <= $4::date
		UNION ALL
		SELECT ` + factColumns + `, c.minutes, 0
		FROM settling_changes c
		JOIN entries e ON e.id = c.entry_id
		WHERE e.day >= $1::date AND e.day < $2::date AND starts_with(e.region_path, $3) AND c.effective_on <= $4::date`
	return eachFact(ctx, q, domain.SettledFacts, f, query, span.From.String(), span.Until.String(), span.RegionPath, p.SettledOn.String())
}

func eachFact(ctx context.Context, q postgres.Querier, kind domain.FactKind, f func(domain.Fact), query string, args ...any) error {
	same := interned{}
	x := domain.Fact{Kind: kind}
	var team, programme, path, unit, account, proof sql.RawBytes
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		if err := rows.Scan(&x.Day, &x.PersonID, &team, &programme, &path, &unit, &account, &proof, &x.Minutes, &x.Times); err != nil {
			return err
		}
		x.TeamID, x.ProgrammeID, x.RegionPath, x.ReportingUnit = same.of(team), same.of(programme), same.of(path), same.of(unit)
		x.Account, x.Verification = domain.Account(same.of(account)), same.of(proof)
		f(x)
		return nil
	})
	if err != nil {
		return fmt.Errorf("count %s: %w", kind, err)
	}
	return nil
}

// activityNow is what was told last, up to a seq, of every shift.
const activityNow = `
	SELECT DISTINCT ON (shift_id) shift_id, seq, task_id, team_id, programme_id, region_path, reporting_unit, kind, title, day, confirmed, people_served
	FROM known_activities
	WHERE seq <= $1
	ORDER BY shift_id, version DESC`

// EachActivityFact calls f for the shifts that were held, as far as the place
// counts; of all days.
func EachActivityFact(ctx context.Context, q postgres.Querier, p domain.ReportPlace, f func(domain.Fact)) error {
	const query = postgres.Anew + `
		SELECT day - DATE '1970-01-01', team_id, task_id, programme_id, region_path, reporting_unit, kind, people_served
		FROM (` + activityNow + `) a
		WHERE confirmed > 0`

	err := each(ctx, q, query, []any{upTo(p, p.ActivitySeq)}, func(rows *sqlx.Rows) error {
		x := domain.Fact{Kind: domain.ActivityFacts, Times: 1}
		if err := rows.Scan(&x.Day, &x.TeamID, &x.TaskID, &x.ProgrammeID, &x.RegionPath, &x.ReportingUnit, &x.Account, &x.Served); err != nil {
			return err
		}
		f(x)
		return nil
	})
	if err != nil {
		return fmt.Errorf("count activities: %w", err)
	}
	return nil
}

// brigadeNow is what was told last, up to a seq, of every brigade that was ever approved.
const brigadeNow = `
	SELECT team_id, seq, region_path, reporting_unit, state, state_since, founded_on
	FROM (
		SELECT DISTINCT ON (team_id) team_id, seq, region_path, reporting_unit, state, state_since, founded_on
		FROM known_brigades
		WHERE seq <= $1
		ORDER BY team_id, version DESC
	) newest
	WHERE state IN ('active', 'suspended', 'dissolved')`

// EachBrigadeFact calls f for the brigades there are and were, as far as the
// place counts.
func EachBrigadeFact(ctx context.Context, q postgres.Querier, p domain.ReportPlace, f func(domain.Fact)) error {
	const query = postgres.Anew + `
		SELECT founded_on - DATE '1970-01-01', CASE state WHEN 'dissolved' THEN state_since - DATE '1970-01-01' ELSE 0 END, team_id, region_path, reporting_unit
		FROM (` + brigadeNow + `) b`

	err := each(ctx, q, query, []any{upTo(p, p.BrigadeSeq)}, func(rows *sqlx.Rows) error {
		x := domain.Fact{Kind: domain.BrigadeFacts, Times: 1}
		if err := rows.Scan(&x.Day, &x.Gone, &x.TeamID, &x.RegionPath, &x.ReportingUnit); err != nil {
			return err
		}
		f(x)
		return nil
	})
	if err != nil {
		return fmt.Errorf("count brigades: %w", err)
	}
	return nil
}

// upTo returns the seq up to which a place counts.
func upTo(p domain.ReportPlace, seq int64) int64 {
	if p.WithoutLimits {
		return 1<<63 - 1
	}
	return seq
}
