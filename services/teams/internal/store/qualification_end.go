package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// EndingQualification is a paper that ends soon or has ended.
type EndingQualification struct {
	Qualification domain.Qualification
	KindName      string
	Renewed       bool // another of its kind is good for longer
}

// LockEndingQualifications returns papers that end within
// domain.EndNoticeDays or have ended, and whose people have not been told so, and
// holds them. Those that another replica holds are left to it.
func LockEndingQualifications(ctx context.Context, q postgres.Querier, v *vault.Vault, now time.Time, limit int) ([]EndingQualification, error) {
	const query = `
		SELECT ` + qualificationColumns + `, k.name AS kind_name, EXISTS (
				SELECT FROM qualifications n
				WHERE n.volunteer_id = f.volunteer_id AND n.kind = f.kind AND n.state = 'confirmed' AND n.id <> f.id
					AND (n.valid_until IS NULL OR n.valid_until > f.valid_until)
			) AS renewed
		FROM qualifications f
		JOIN qualification_kinds k ON k.code = f.kind
		WHERE f.state = 'confirmed' AND f.told_end < 2 AND (f.valid_until < $1::date OR f.told_end = 0 AND f.valid_until <= $2::date)
		ORDER BY f.valid_until, f.id
		LIMIT $3
		FOR NO KEY UPDATE OF f SKIP LOCKED`

	var rows []struct {
		qualificationRow
		KindName string `db:"kind_name"`
		Renewed  bool   `db:"renewed"`
	}
	today := now.In(clock.City)
	err := sqlx.SelectContext(ctx, q, &rows, query, today.Format(time.DateOnly), today.AddDate(0, 0, domain.EndNoticeDays).Format(time.DateOnly), limit)
	if err != nil {
		return nil, fmt.Errorf("lock qualifications that end: %w", err)
	}
	ending := make([]EndingQualification, len(rows))
	for i, row := range rows {
		f, err := row.qualification(v)
		if err != nil {
			return nil, err
		}
		ending[i] = EndingQualification{f, row.KindName, row.Renewed}
	}
	return ending, nil
}

// UpdateToldEnd keeps that the person was told what is true now of the end of
// a paper.
func UpdateToldEnd(ctx context.Context, q postgres.Querier, f domain.Qualification, now time.Time) error {
	const query = `
		UPDATE qualifications
		SET told_end = $2
		WHERE id = $1`

	told := 1
	if f.Expired(now) {
		told = 2
	}
	if _, err := q.ExecContext(ctx, query, f.ID, told); err != nil {
		return fmt.Errorf("update what was told of the end of %s: %w", f.ID, err)
	}
	return nil
}
