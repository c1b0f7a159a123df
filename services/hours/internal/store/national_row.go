package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func reasonPlace(subjectID string) vault.Place {
	return vault.Place{Table: "national_rows", Column: "reason", Row: subjectID}
}

// InsertNationalRows adds the rows of a batch. It returns domain.ErrBatchTaken when one of
// them was sent by somebody else at the same time.
func InsertNationalRows(ctx context.Context, q postgres.Querier, batchID string, rows []domain.NationalRow) error {
	const query = `
		INSERT INTO national_rows (batch_id, grp, place, subject_id, revision, volunteer_id, team_id, change, digest, minutes, state)
		SELECT $1, grp, place, subject_id, revision, volunteer_id, NULLIF(team_id, '')::uuid, change, digest, minutes, 'sent'
		FROM unnest($2::text[], $3::int[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::bytea[], $10::int[])
			AS r (grp, place, subject_id, revision, volunteer_id, team_id, change, digest, minutes)`

	type row = domain.NationalRow
	for len(rows) > 0 {
		some := rows[:min(len(rows), 5000)]
		rows = rows[len(some):]
		_, err := q.ExecContext(ctx, query, batchID,
			postgres.Column(some, func(r row) string { return string(r.Group) }),
			postgres.Column(some, func(r row) int64 { return int64(r.Place) }),
			postgres.Column(some, func(r row) string { return r.SubjectID }),
			postgres.Column(some, func(r row) int64 { return int64(r.Revision) }),
			postgres.Column(some, func(r row) string { return r.VolunteerID }),
			postgres.Column(some, func(r row) string { return r.TeamID }),
			postgres.Column(some, func(r row) string { return string(r.Change) }),
			postgres.Column(some, func(r row) []byte { return r.Digest }),
			postgres.Column(some, func(r row) int64 { return int64(r.Minutes) }))
		if postgres.Violated(err, "national_rows_revision_key") {
			return domain.ErrBatchTaken
		}
		if err != nil {
			return fmt.Errorf("insert %d rows of national batch %s: %w", len(some), batchID, err)
		}
	}
	return nil
}

// ListNationalRows returns the rows of a batch, by group and place.
func ListNationalRows(ctx context.Context, q postgres.Querier, v *vault.Vault, batchID string) ([]domain.NationalRow, error) {
	const query = `
		SELECT grp, place, subject_id, revision, volunteer_id, COALESCE(team_id::text, '') AS team_id, change, digest, minutes, state, reason
		FROM national_rows
		WHERE batch_id = $1
		ORDER BY array_position(ARRAY['basic', 'service', 'training', 'honour', 'complaint'], grp), place`

	var rows []struct {
		Group       string `db:"grp"`
		Place       int    `db:"place"`
		SubjectID   string `db:"subject_id"`
		Revision    int    `db:"revision"`
		VolunteerID string `db:"volunteer_id"`
		TeamID      string `db:"team_id"`
		Change      string `db:"change"`
		Digest      []byte `db:"digest"`
		Minutes     int    `db:"minutes"`
		State       string `db:"state"`
		Reason      []byte `db:"reason"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, batchID); err != nil {
		return nil, fmt.Errorf("list rows of national batch %s: %w", batchID, err)
	}
	list := make([]domain.NationalRow, len(rows))
	for i, r := range rows {
		list[i] = domain.NationalRow{
			Group: domain.NationalGroup(r.Group), Place: r.Place, SubjectID: r.SubjectID, Revision: r.Revision, VolunteerID: r.VolunteerID, TeamID: r.TeamID,
			Change: domain.NationalChange(r.Change), Digest: r.Digest, Minutes: r.Minutes, State: domain.NationalState(r.State),
		}
		if r.Reason == nil {
			continue
		}
		var err error
		if list[i].Reason, err = v.Open(r.Reason, reasonPlace(r.SubjectID)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// UpdateNationalStates writes back what became of rows of a batch.
func UpdateNationalStates(ctx context.Context, q postgres.Querier, v *vault.Vault, batchID string, rows []domain.NationalRow) error {
	const query = `
		UPDATE national_rows n
		SET state = r.state, reason = NULLIF(r.reason, '')
		FROM unnest($2::text[], $3::int[], $4::text[], $5::bytea[]) AS r (grp, place, state, reason)
		WHERE n.batch_id = $1 AND n.grp = r.grp AND n.place = r.place`

	reasons := make([][]byte, len(rows))
	for i, r := range rows {
		reasons[i] = []byte{}
		if r.State != domain.NationalRefused || r.Reason == "" {
			continue
		}
		var err error
		if reasons[i], err = v.Seal(r.Reason, reasonPlace(r.SubjectID)); err != nil {
			return err
		}
	}
	type row = domain.NationalRow
	if _, err := q.ExecContext(ctx, query, batchID,
		postgres.Column(rows, func(r row) string { return string(r.Group) }),
		postgres.Column(rows, func(r row) int64 { return int64(r.Place) }),
		postgres.Column(rows, func(r row) string { return string(r.State) }),
		postgres.Array(reasons)); err != nil {
		return fmt.Errorf("update %d rows of national batch %s: %w", len(rows), batchID, err)
	}
	return nil
}

// NationalCount is how many rows of a batch are in a state.
type NationalCount struct {
	BatchID string `db:"batch_id"`
	Group   string `db:"grp"`
	State   string `db:"state"`
	Rows    int    `db:"rows"`
	Minutes int    `db:"minutes"` // of service that is there after it, of those rows
}

// CountNationalRows counts the rows of all batches.
func CountNationalRows(ctx context.Context, q postgres.Querier) ([]NationalCount, error) {
	const query = `
		SELECT batch_id, grp, state, count(*) AS rows, COALESCE(sum(minutes) FILTER (WHERE change <> 'withdrawn'), 0) AS minutes
		FROM national_rows
		GROUP BY batch_id, grp, state
		ORDER BY batch_id, grp, state`

	var counts []NationalCount
	if err := sqlx.SelectContext(ctx, q, &counts, query); err != nil {
		return nil, fmt.Errorf("count national rows: %w", err)
	}
	return counts, nil
}

// pasts are what was sent of each subject of a group, $1 of now: rows that were left out,
// and those of batches that nobody took in time, count for the revision only.
const pasts = `
	SELECT n.grp, n.subject_id, max(n.revision) AS revision,
		(array_agg(n.digest ORDER BY n.revision DESC) FILTER (WHERE l.live AND n.state IN ('sent', 'accepted')))[1] AS digest,
		COALESCE((array_agg(n.change ORDER BY n.revision DESC) FILTER (WHERE l.live AND n.state IN ('sent', 'accepted')))[1], '') AS change,
		(array_agg(n.digest ORDER BY n.revision DESC) FILTER (WHERE l.live))[1] AS last_digest,
		COALESCE((array_agg(n.change ORDER BY n.revision DESC) FILTER (WHERE l.live))[1], '') AS last_change,
		COALESCE((array_agg(n.state ORDER BY n.revision DESC) FILTER (WHERE l.live))[1], '') AS last_state,
		(array_agg(n.reason ORDER BY n.revision DESC) FILTER (WHERE l.live))[1] AS last_reason,
		(array_agg(n.volunteer_id ORDER BY n.revision DESC))[1] AS volunteer_id,
		(array_agg(n.team_id ORDER BY n.revision DESC))[1] AS team_id
	FROM national_rows n
	JOIN national_batches b ON b.id = n.batch_id
	CROSS JOIN LATERAL (SELECT n.state <> 'left_out' AND (b.taken_at IS NOT NULL OR b.expires_at > $1) AS live) AS l`

type pastRow struct {
	Group       sql.NullString `db:"grp"`
	SubjectID   sql.NullString `db:"subject_id"`
	Revision    sql.NullInt64  `db:"revision"`
	Digest      []byte         `db:"digest"`
	Change      sql.NullString `db:"change"`
	LastDigest  []byte         `db:"last_digest"`
	LastChange  sql.NullString `db:"last_change"`
	LastState   sql.NullString `db:"last_state"`
	LastReason  []byte         `db:"last_reason"`
	VolunteerID sql.NullString `db:"volunteer_id"`
	TeamID      sql.NullString `db:"team_id"`
}

// Past is what was sent of a subject, and of whom.
type Past struct {
	domain.NationalPast
	Group       domain.NationalGroup
	SubjectID   string
	VolunteerID string
	TeamID      string
	Reason      string // why the last was refused
}

func (r pastRow) past(v *vault.Vault) (p Past, err error) {
	p = Past{
		NationalPast: domain.NationalPast{
			Revision: int(r.Revision.Int64), Digest: r.Digest, Change: domain.NationalChange(r.Change.String), LastDigest: r.LastDigest,
			LastChange: domain.NationalChange(r.LastChange.String), LastState: domain.NationalState(r.LastState.String),
		},
		Group: domain.NationalGroup(r.Group.String), SubjectID: r.SubjectID.String, VolunteerID: r.VolunteerID.String, TeamID: r.TeamID.String,
	}
	if r.LastReason != nil && p.LastState == domain.NationalRefused {
		p.Reason, err = v.Open(r.LastReason, reasonPlace(p.SubjectID))
	}
	return p, err
}

// ListPasts returns what was sent of all groups but service.
func ListPasts(ctx context.Context, q postgres.Querier, v *vault.Vault, now time.Time) ([]Past, error) {
	const query = pasts + `
		WHERE n.grp <> 'service'
		GROUP BY n.grp, n.subject_id`

	var all []Past
	err := each(ctx, q, query, []any{now}, func(rows *sqlx.Rows) error {
		var r pastRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		p, err := r.past(v)
		all = append(all, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what was sent: %w", err)
	}
	return all, nil
}

// DeleteNationalReasons deletes what was said of rows of these people.
func DeleteNationalReasons(ctx context.Context, q postgres.Querier, volunteerIDs []string) error {
	const query = `
		UPDATE national_rows
		SET reason = NULL
		WHERE volunteer_id = ANY ($1::uuid[]) AND reason IS NOT NULL`

	if _, err := q.ExecContext(ctx, query, postgres.Array(volunteerIDs)); err != nil {
		return fmt.Errorf("delete reasons of %d people: %w", len(volunteerIDs), err)
	}
	return nil
}
