package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReportLine is a line of the ledger behind a figure, with what it adds to it.
type ReportLine struct {
	domain.Entry
	Counted int    // minutes; what holds the line back is taken away
	Reason  string // of a correction: why it was accepted; else empty
}

type reportLineRow struct {
	entryRow
	Counted int    `db:"counted"`
	Reason  string `db:"reason"`
}

// narrow holds for the lines e of a filter, $1 to $7.
const narrow = `e.day >= $1::date AND e.day < $2::date AND starts_with(e.region_path, $3) AND ($4 = '' OR e.programme_id::text = $4)
	AND ($5 = '' OR e.reporting_unit = $5) AND ($6 = '' OR e.verification = $6) AND e.account = $7`

func narrowed(f domain.Filter, account domain.Account) []any {
	return []any{f.From.String(), f.Until.String(), f.RegionPath, f.ProgrammeID, f.ReportingUnit, f.Verification, string(account)}
}

// whyCorrected is why a question that led to a line e was accepted.
const whyCorrected = `COALESCE((SELECT c.decision_reason FROM corrections c
	WHERE c.state = 'accepted' AND (e.kind = 'reversal' AND c.entry_id = e.source_id OR e.source_kind = 'correction' AND c.id = e.source_id)), '')`

// ListReportLines returns up to limit lines of a filter that the place counts,
// newest first, of those before a sequence. With since it returns those that it
// does not count, because they came later.
func ListReportLines(ctx context.Context, q postgres.Querier, f domain.Filter, account domain.Account, p domain.ReportPlace, since bool, before int64, limit int) ([]ReportLine, error) {
	horizon := counts(p)
	if since {
		horizon = fmt.Sprintf(afterLog, p.LogSize)
	}
	query := postgres.Anew + `
		SELECT ` + entryColumns + `, minutes AS counted, ` + whyCorrected + ` AS reason
		FROM entries e
		WHERE ` + narrow + ` AND e.seq < $8` + horizon + `
		ORDER BY e.seq DESC
		LIMIT $9`
	return reportLines(ctx, q, query, append(narrowed(f, account), before, limit)...)
}

// ListReportSettled is ListReportLines for what counts as settled on the place's
// day; with since, for what came to count, or to be held back, from then to today.
func ListReportSettled(ctx context.Context, q postgres.Querier, f domain.Filter, account domain.Account, p domain.ReportPlace, since domain.Day, before int64, limit int) ([]ReportLine, error) {
	const query = postgres.Anew + `
		SELECT ` + entryColumns + `, counted, ` + whyCorrected + ` AS reason
		FROM (
			SELECT e.*, CASE WHEN e.settles_on > $9::date AND e.settles_on <= $8::date THEN e.minutes ELSE 0 END + COALESCE((
					SELECT sum(c.minutes)
					FROM settling_changes c
					WHERE c.entry_id = e.id AND c.effective_on > $9::date AND c.effective_on <= $8::date
				), 0) AS counted
			FROM entries e
			WHERE ` + narrow + ` AND e.seq < $10
		) e
		WHERE counted <> 0
		ORDER BY e.seq DESC
		LIMIT $11`
	return reportLines(ctx, q, query, append(narrowed(f, account), p.SettledOn.String(), since.String(), before, limit)...)
}

func reportLines(ctx context.Context, q postgres.Querier, query string, args ...any) ([]ReportLine, error) {
	var rows []reportLineRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list the lines of a figure: %w", err)
	}
	lines := make([]ReportLine, len(rows))
	for i, r := range rows {
		lines[i] = ReportLine{Entry: r.entry(), Counted: r.Counted, Reason: r.Reason}
	}
	return lines, nil
}

// ReportActivity is a shift behind a figure.
type ReportActivity struct {
	domain.KnownActivity
	Sequence int64 `db:"seq"`
}

// ListReportActivities returns up to limit shifts of a filter that the place
// counts, those told last first, of those before a sequence. After is the
// sequence behind which to look; 0: all.
func ListReportActivities(ctx context.Context, q postgres.Querier, f domain.Filter, account domain.Account, upto, after, before int64, limit int) ([]ReportActivity, error) {
	const query = postgres.Anew + `
		SELECT shift_id, seq, task_id, team_id, programme_id, title, day - DATE '1970-01-01', confirmed, people_served
		FROM (` + activityNow + `) e
		WHERE e.day >= $2::date AND e.day < $3::date AND starts_with(e.region_path, $4) AND ($5 = '' OR e.programme_id::text = $5)
			AND ($6 = '' OR e.reporting_unit = $6) AND kind = $7 AND confirmed > 0 AND seq > $8 AND seq < $9
		ORDER BY seq DESC
		LIMIT $10`

	var found []ReportActivity
	args := []any{upto, f.From.String(), f.Until.String(), f.RegionPath, f.ProgrammeID, f.ReportingUnit, string(account), after, before, limit}
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var a ReportActivity
		err := rows.Scan(&a.ShiftID, &a.Sequence, &a.TaskID, &a.TeamID, &a.ProgrammeID, &a.Title, &a.Day, &a.Confirmed, &a.PeopleServed)
		found = append(found, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the activities of a figure: %w", err)
	}
	return found, nil
}

// ReportBrigade is a brigade behind a figure.
type ReportBrigade struct {
	domain.KnownBrigade
	Sequence int64
}

// ListReportBrigades is ListReportActivities for brigades: those founded in the
// filter's span, or those there at its end.
func ListReportBrigades(ctx context.Context, q postgres.Querier, f domain.Filter, founded bool, upto, after, before int64, limit int) ([]ReportBrigade, error) {
	const query = postgres.Anew + `
		SELECT team_id, seq, region_path, state, founded_on - DATE '1970-01-01'
		FROM (` + brigadeNow + `) b
		WHERE starts_with(region_path, $4) AND ($5 = '' OR reporting_unit = $5) AND founded_on < $3::date
			AND CASE WHEN $6 THEN founded_on >= $2::date ELSE state <> 'dissolved' OR state_since >= $3::date END
			AND seq > $7 AND seq < $8
		ORDER BY seq DESC
		LIMIT $9`

	var found []ReportBrigade
	args := []any{upto, f.From.String(), f.Until.String(), f.RegionPath, f.ReportingUnit, founded, after, before, limit}
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var b ReportBrigade
		err := rows.Scan(&b.TeamID, &b.Sequence, &b.RegionPath, &b.State, &b.FoundedOn)
		found = append(found, b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the brigades of a figure: %w", err)
	}
	return found, nil
}
