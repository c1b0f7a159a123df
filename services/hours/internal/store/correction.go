package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type correctionRow struct {
	ID             string              `db:"id"`
	EntryID        string              `db:"entry_id"`
	VolunteerID    string              `db:"volunteer_id"`
	TeamID         string              `db:"team_id"`
	RegionPath     string              `db:"region_path"`
	AskedBy        string              `db:"asked_by"`
	AskedAs        string              `db:"asked_as"`
	AskedAt        time.Time           `db:"asked_at"`
	Reason         string              `db:"reason"`
	StartedAt      time.Time           `db:"started_at"`
	EndedAt        time.Time           `db:"ended_at"`
	Minutes        int                 `db:"minutes"`
	Held           bool                `db:"held"`
	Turn           string              `db:"turn"`
	OfficePath     string              `db:"office_path"`
	DueOn          int32               `db:"due_on"`
	Rises          int                 `db:"rises"`
	State          string              `db:"state"`
	DecidedBy      sql.Null[string]    `db:"decided_by"`
	DecidedAt      sql.Null[time.Time] `db:"decided_at"`
	DecisionReason string              `db:"decision_reason"`
	Version        int64               `db:"version"`
}

const correctionColumns = `id, entry_id, volunteer_id, team_id, region_path, asked_by, asked_as, asked_at, reason, started_at, ended_at, minutes, held,
	turn, office_path, due_on - DATE '1970-01-01' AS due_on, rises, state, decided_by, decided_at, decision_reason, version`

func (r correctionRow) correction() domain.Correction {
	c := domain.Correction{
		ID: r.ID, EntryID: r.EntryID, VolunteerID: r.VolunteerID, TeamID: r.TeamID, RegionPath: r.RegionPath,
		AskedBy: r.AskedBy, AskedAs: domain.AskedAs(r.AskedAs), AskedAt: r.AskedAt.UTC(), Reason: r.Reason,
		Wanted: domain.Served{From: r.StartedAt.UTC(), To: r.EndedAt.UTC(), Minutes: r.Minutes}, Held: r.Held,
		Place: domain.CorrectionPlace{Turn: domain.CorrectionTurn(r.Turn), OfficePath: r.OfficePath},
		DueOn: domain.Day(r.DueOn), Rises: r.Rises, State: domain.CorrectionState(r.State),
		DecidedBy: r.DecidedBy.V, Decision: r.DecisionReason, Version: r.Version,
	}
	if r.DecidedAt.Valid {
		c.DecidedAt = r.DecidedAt.V.UTC()
	}
	return c
}

// InsertCorrection keeps a new question, or returns domain.ErrAskedAlready when
// another one about the same line is open.
func InsertCorrection(ctx context.Context, q postgres.Querier, c domain.Correction) error {
	const query = `
		INSERT INTO corrections (id, entry_id, volunteer_id, team_id, region_path, asked_by, asked_as, asked_at, reason,
			started_at, ended_at, minutes, held, turn, office_path, due_on, rises, state, decision_reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', $19)`

	_, err := q.ExecContext(ctx, query, c.ID, c.EntryID, c.VolunteerID, c.TeamID, c.RegionPath, c.AskedBy, c.AskedAs, c.AskedAt, c.Reason,
		c.Wanted.From, c.Wanted.To, c.Wanted.Minutes, c.Held, c.Place.Turn, c.Place.OfficePath, c.DueOn.String(), c.Rises, c.State, c.Version)
	if postgres.Violated(err, "corrections_open_key") {
		return domain.ErrAskedAlready
	}
	if err != nil {
		return fmt.Errorf("insert correction %s: %w", c.ID, err)
	}
	return nil
}

// UpdateCorrection writes where a question lies now, or how it was decided.
func UpdateCorrection(ctx context.Context, q postgres.Querier, c domain.Correction) error {
	const query = `
		UPDATE corrections
		SET turn = $2, office_path = $3, due_on = $4, rises = $5, state = $6, decided_by = $7, decided_at = $8, decision_reason = $9, version = $10
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.Place.Turn, c.Place.OfficePath, c.DueOn.String(), c.Rises, c.State,
		sql.Null[string]{V: c.DecidedBy, Valid: c.DecidedBy != ""}, sql.Null[time.Time]{V: c.DecidedAt, Valid: !c.DecidedAt.IsZero()}, c.Decision, c.Version)
	if postgres.Violated(err, "corrections_own_check") {
		return domain.ErrOwnCorrection
	}
	if err != nil {
		return fmt.Errorf("update correction %s: %w", c.ID, err)
	}
	return nil
}

// FindCorrection returns one, or domain.ErrNoSuchCorrection.
func FindCorrection(ctx context.Context, q postgres.Querier, id string) (domain.Correction, error) {
	return oneCorrection(ctx, q, `SELECT `+correctionColumns+` FROM corrections WHERE id = $1`, id)
}

// LockCorrection is FindCorrection, and holds its row.
func LockCorrection(ctx context.Context, q postgres.Querier, id string) (domain.Correction, error) {
	return oneCorrection(ctx, q, `SELECT `+correctionColumns+` FROM corrections WHERE id = $1 FOR UPDATE`, id)
}

func oneCorrection(ctx context.Context, q postgres.Querier, query, id string) (domain.Correction, error) {
	found, err := manyCorrections(ctx, q, query, id)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoSuchCorrection
	}
	if err != nil {
		return domain.Correction{}, err
	}
	return found[0], nil
}

// LockLateCorrections returns up to limit open ones whose last day is over, and
// holds their rows; what another replica holds is left to it.
func LockLateCorrections(ctx context.Context, q postgres.Querier, today domain.Day, limit int) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE state = 'open' AND due_on < $1::date
		ORDER BY due_on, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`

	return manyCorrections(ctx, q, query, today.String(), limit)
}

// CorrectionsPage is the part of a list that is wanted: what comes after the one with
// that id, and at most so many. Its zero value is all of it.
type CorrectionsPage struct {
	After string
	Most  int
}

func (p CorrectionsPage) after() sql.Null[string] {
	return sql.Null[string]{V: p.After, Valid: p.After != ""}
}

func (p CorrectionsPage) most() sql.Null[int] { return sql.Null[int]{V: p.Most, Valid: p.Most > 0} }

// ListCorrectionsToDecide returns the open ones that lie with those who lead one
// of these teams, or with the federation of one of these regions or of one below,
// the most pressing first.
func ListCorrectionsToDecide(ctx context.Context, q postgres.Querier, teamIDs, officePaths []string, p CorrectionsPage) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE state = 'open' AND (turn = 'leader' AND team_id = ANY ($1::uuid[]) OR turn = 'office' AND office_path LIKE ANY ($2::text[]))
			AND ($3::uuid IS NULL OR (due_on, asked_at, id) > (SELECT due_on, asked_at, id FROM corrections WHERE id = $3::uuid))
		ORDER BY due_on, asked_at, id
		LIMIT $4`

	return manyCorrections(ctx, q, query, postgres.Array(teamIDs), postgres.Column(officePaths, below), p.after(), p.most())
}

// below is the pattern of a region's path and of all paths below it.
func below(path string) string { return path + "%" }

// ListDecidedCorrections returns the accepted and refused ones about lines of one
// of these regions or of one below, newest first.
func ListDecidedCorrections(ctx context.Context, q postgres.Querier, regionPaths []string, p CorrectionsPage) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE state IN ('accepted', 'refused') AND region_path LIKE ANY ($1::text[])
			AND ($2::uuid IS NULL OR (decided_at, id) < (SELECT decided_at, id FROM corrections WHERE id = $2::uuid))
		ORDER BY decided_at DESC, id DESC
		LIMIT $3`

	return manyCorrections(ctx, q, query, postgres.Column(regionPaths, below), p.after(), p.most())
}

// ListCorrectionsOfTeam returns those about lines of a team, newest first.
func ListCorrectionsOfTeam(ctx context.Context, q postgres.Querier, teamID string, p CorrectionsPage) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE team_id = $1
			AND ($2::uuid IS NULL OR (asked_at, id) < (SELECT asked_at, id FROM corrections WHERE id = $2::uuid))
		ORDER BY asked_at DESC, id DESC
		LIMIT $3`

	return manyCorrections(ctx, q, query, teamID, p.after(), p.most())
}

// CountOpenCorrections returns how many about lines of a team wait for a decision.
func CountOpenCorrections(ctx context.Context, q postgres.Querier, teamID string) (n int, err error) {
	const query = `SELECT count(*) FROM corrections WHERE team_id = $1 AND state = 'open'`

	if err := sqlx.GetContext(ctx, q, &n, query, teamID); err != nil {
		return 0, fmt.Errorf("count questions about lines of %s: %w", teamID, err)
	}
	return n, nil
}

// ListCorrectionsOf returns those that a person asked for, or that are about
// them, newest first.
func ListCorrectionsOf(ctx context.Context, q postgres.Querier, self domain.Person, p CorrectionsPage) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE id IN (
			SELECT id FROM corrections WHERE asked_by = ANY ($1::uuid[])
			UNION
			SELECT c.id FROM corrections c JOIN entries e ON e.id = c.entry_id WHERE e.volunteer_id = ANY ($1::uuid[])
		)
			AND ($2::uuid IS NULL OR (asked_at, id) < (SELECT asked_at, id FROM corrections WHERE id = $2::uuid))
		ORDER BY asked_at DESC, id DESC
		LIMIT $3`

	return manyCorrections(ctx, q, query, postgres.Array(self.IDs()), p.after(), p.most())
}

// ListCorrectionsOfEntries returns those about these lines and those from which
// they followed, newest first.
func ListCorrectionsOfEntries(ctx context.Context, q postgres.Querier, entries []domain.Entry) ([]domain.Correction, error) {
	const query = `
		SELECT ` + correctionColumns + `
		FROM corrections
		WHERE entry_id = ANY ($1::uuid[]) OR id = ANY ($2::uuid[])
		ORDER BY asked_at DESC, id`

	var about, from []string
	for _, e := range entries {
		switch about = append(about, e.ID); e.SourceKind {
		case domain.SourceEntry:
			about = append(about, e.SourceID)
		case domain.SourceCorrection:
			from = append(from, e.SourceID)
		}
	}
	return manyCorrections(ctx, q, query, postgres.Array(about), postgres.Array(from))
}

func manyCorrections(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Correction, error) {
	var rows []correctionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	found := make([]domain.Correction, len(rows))
	for i, r := range rows {
		found[i] = r.correction()
	}
	return found, nil
}
