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

// NationalLine is a service that was credited, with what counts of it now and what
// was sent of it. A correction does not make another service of it.
type NationalLine struct {
	SubjectID   string // the line that was credited first
	VolunteerID string
	TeamID      string
	ProgrammeID string
	RegionPath  string
	Title       string
	Minutes     int // 0: nothing of it counts any more
	From, To    time.Time
	Proof       string
	Settled     bool // nothing of it may be objected to or is in question
	InQuestion  bool
	Past
}

// Gone reports whether nothing of the service counts any more.
func (l NationalLine) Gone() bool { return l.Minutes == 0 }

// NationalScope says which services: those of a region whose first line is of these
// days, or, with a batch, those that are in it.
type NationalScope struct {
	RegionPath  string
	First, Last domain.Day
	BatchID     string
	Today       domain.Day
	Now         time.Time
}

// EachNationalLine calls f for every service of the scope that counts or was sent.
func EachNationalLine(ctx context.Context, q postgres.Querier, v *vault.Vault, s NationalScope, f func(NationalLine) error) error {
	const query = postgres.Anew + `
		WITH RECURSIVE origin AS ( -- a line that took another's place, and whose in the end
			SELECT a.id AS line, c.entry_id AS root
			FROM entries a
			JOIN corrections c ON c.id = a.source_id
			WHERE a.source_kind = 'correction' AND a.account = 'service'
			UNION ALL
			SELECT o.line, c.entry_id
			FROM origin o
			JOIN entries e ON e.id = o.root AND e.source_kind = 'correction'
			JOIN corrections c ON c.id = e.source_id
		), undone AS ( -- few beside all lines, as all of these are: joined, not looked up line by line
			SELECT source_id AS line
			FROM entries
			WHERE source_kind = 'entry'
		), newest AS (
			SELECT o.root, a.id, a.title, a.minutes, a.started_at, a.ended_at, a.verification, a.settles_on
			FROM origin o
			JOIN entries a ON a.id = o.line
			WHERE NOT EXISTS (SELECT FROM undone u WHERE u.line = o.line)
		), held AS (
			SELECT entry_id
			FROM settling_changes
			WHERE effective_on <= $5::date
			GROUP BY entry_id
			HAVING sum(minutes) <> 0
		), past AS (` + pasts + `
			WHERE n.grp = 'service'
			GROUP BY n.grp, n.subject_id
		)
		SELECT r.id AS root_id, r.volunteer_id AS owner_id, r.team_id AS brigade_id, r.programme_id, r.region_path,
			CASE WHEN u.line IS NULL THEN r.title ELSE a.title END AS title,
			CASE WHEN u.line IS NULL THEN r.minutes ELSE a.minutes END AS minutes,
			CASE WHEN u.line IS NULL THEN r.started_at ELSE a.started_at END AS started_at,
			CASE WHEN u.line IS NULL THEN r.ended_at ELSE a.ended_at END AS ended_at,
			CASE WHEN u.line IS NULL THEN r.verification ELSE a.verification END AS verification,
			CASE WHEN u.line IS NULL THEN r.settles_on ELSE a.settles_on END <= $5::date AS settled,
			h.entry_id IS NOT NULL AS in_question, p.grp, p.subject_id, p.revision, p.digest, p.change, p.last_digest, p.last_change, p.last_state,
			p.last_reason, p.volunteer_id, p.team_id
		FROM entries r
		LEFT JOIN undone u ON u.line = r.id
		LEFT JOIN newest a ON a.root = r.id
		LEFT JOIN held h ON h.entry_id = CASE WHEN u.line IS NULL THEN r.id ELSE a.id END
		LEFT JOIN past p ON p.subject_id = r.id
		WHERE r.kind = 'service' AND (u.line IS NULL OR a.id IS NOT NULL OR p.subject_id IS NOT NULL)
			AND CASE WHEN $6 = '' THEN starts_with(r.region_path, $2) AND r.day BETWEEN $3::date AND $4::date
				ELSE r.id IN (SELECT subject_id FROM national_rows WHERE batch_id = NULLIF($6, '')::uuid AND grp = 'service') END
		ORDER BY r.day, r.id`

	kept := interned{}
	args := []any{s.Now, s.RegionPath, s.First.String(), s.Last.String(), s.Today.String(), s.BatchID}
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var l NationalLine
		var region []byte
		var title, proof sql.NullString
		var minutes sql.NullInt64
		var from, to sql.Null[time.Time]
		var settled sql.NullBool
		var p pastRow
		if err := rows.Scan(&l.SubjectID, &l.VolunteerID, &l.TeamID, &l.ProgrammeID, &region, &title, &minutes, &from, &to, &proof, &settled, &l.InQuestion,
			&p.Group, &p.SubjectID, &p.Revision, &p.Digest, &p.Change, &p.LastDigest, &p.LastChange, &p.LastState, &p.LastReason, &p.VolunteerID, &p.TeamID); err != nil {
			return err
		}
		past, err := p.past(v)
		if err != nil {
			return err
		}
		l.RegionPath, l.Title, l.Minutes, l.From, l.To, l.Proof = kept.of(region), title.String, int(minutes.Int64), from.V, to.V, proof.String
		l.Settled, l.Past = settled.Bool && !l.InQuestion, past
		return f(l)
	})
	if err != nil {
		return fmt.Errorf("read services for the national system: %w", err)
	}
	return nil
}

// ListServed returns who gave service in a region on these days, by record.
func ListServed(ctx context.Context, q postgres.Querier, s NationalScope) ([]string, error) {
	const query = postgres.Anew + `
		SELECT DISTINCT volunteer_id
		FROM entries
		WHERE kind = 'service' AND starts_with(region_path, $1) AND day BETWEEN $2::date AND $3::date`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, s.RegionPath, s.First.String(), s.Last.String()); err != nil {
		return nil, fmt.Errorf("list who served: %w", err)
	}
	return ids, nil
}
