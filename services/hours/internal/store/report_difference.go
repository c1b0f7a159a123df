package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Why a figure differs from what was frozen.
const (
	WhyLate      = "late"      // confirmed after the cut-off day
	WhyCorrected = "corrected" // a question about a line was found right; Reason says why
	WhySettled   = "settled"   // publicity ended
	WhyHeld      = "held"      // a question holds lines back, or lets them go
	WhyActivity  = "activity"  // shifts were confirmed, or confirmed anew
	WhyBrigade   = "brigade"   // brigades came or changed
	WhyRecords   = "records"   // nothing came; records of one person were put together, or something is told differently now
)

// Difference is a reason, and how many lines and minutes it makes.
type Difference struct {
	Why     string
	Reason  string
	Lines   int
	Minutes int64
}

// ListLineDifferences says what came to the lines of a filter since a place.
func ListLineDifferences(ctx context.Context, q postgres.Querier, f domain.Filter, account domain.Account, p domain.ReportPlace) ([]Difference, error) {
	query := postgres.Anew + `
		SELECT CASE reason WHEN '' THEN 'late' ELSE 'corrected' END, reason, count(*), sum(minutes)
		FROM (
			SELECT e.minutes, ` + whyCorrected + ` AS reason
			FROM entries e
			WHERE ` + narrow + fmt.Sprintf(afterLog, p.LogSize) + `
		) e
		GROUP BY reason
		ORDER BY reason
		LIMIT 50`
	return differences(ctx, q, query, narrowed(f, account)...)
}

// ListSettledDifferences says what of a filter's lines came to be settled, or to
// be held back, after one day and until another.
func ListSettledDifferences(ctx context.Context, q postgres.Querier, f domain.Filter, account domain.Account, from, until domain.Day) ([]Difference, error) {
	const query = postgres.Anew + `
		SELECT why, reason, count(*), sum(minutes)
		FROM (
			SELECT CASE ` + whyCorrected + ` WHEN '' THEN 'settled' ELSE 'corrected' END AS why, ` + whyCorrected + ` AS reason, e.minutes
			FROM entries e
			WHERE ` + narrow + ` AND e.settles_on > $8::date AND e.settles_on <= $9::date
			UNION ALL
			SELECT 'held', '', c.minutes
			FROM settling_changes c
			JOIN entries e ON e.id = c.entry_id
			WHERE ` + narrow + ` AND c.effective_on > $8::date AND c.effective_on <= $9::date
		) e
		GROUP BY why, reason
		ORDER BY why, reason
		LIMIT 50`
	return differences(ctx, q, query, append(narrowed(f, account), from.String(), until.String())...)
}

func differences(ctx context.Context, q postgres.Querier, query string, args ...any) (found []Difference, err error) {
	err = each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var d Difference
		err := rows.Scan(&d.Why, &d.Reason, &d.Lines, &d.Minutes)
		found = append(found, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what a figure differs by: %w", err)
	}
	return found, nil
}
