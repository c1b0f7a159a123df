package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type settingRow struct {
	ID          string           `db:"id"`
	ProgrammeID string           `db:"programme_id"`
	ValidFrom   string           `db:"valid_from"`
	Needs       []byte           `db:"needs"`
	DayCap      int              `db:"day_cap"`
	Rounding    int              `db:"rounding"`
	Risky       bool             `db:"risky"`
	RiskNote    string           `db:"risk_note"`
	MeetEvery   int              `db:"meet_every"`
	CallEvery   int              `db:"call_every"`
	Reason      string           `db:"reason"`
	SetBy       sql.Null[string] `db:"set_by"`
	SetAt       time.Time        `db:"set_at"`
}

const settingColumns = `id, programme_id, to_char(valid_from, 'YYYY-MM-DD') AS valid_from, to_json(needs) AS needs, day_cap, rounding, risky, risk_note,
	meet_every, call_every, reason, set_by, set_at`

// ListSettingsInForce returns what holds for each of the programmes on a day of
// the city, in one query; a programme that nothing was set for is absent.
func ListSettingsInForce(ctx context.Context, q postgres.Querier, programmeIDs []string, day string) (map[string]domain.Setting, error) {
	const query = `
		SELECT DISTINCT ON (programme_id) ` + settingColumns + `
		FROM programme_settings s
		WHERE programme_id = ANY ($1::uuid[]) AND s.valid_from <= $2::date
		ORDER BY programme_id, s.valid_from DESC, set_at DESC, id DESC`

	settings, err := manySettings(ctx, q, query, postgres.Array(programmeIDs), day)
	inForce := make(map[string]domain.Setting, len(settings))
	for _, s := range settings {
		inForce[s.ProgrammeID] = s
	}
	return inForce, err
}

// FindSetting returns what holds for a programme on a day of the city: what was
// set, or domain.DefaultSetting.
func FindSetting(ctx context.Context, q postgres.Querier, programmeID, day string) (domain.Setting, error) {
	inForce, err := ListSettingsInForce(ctx, q, []string{programmeID}, day)
	if s, ok := inForce[programmeID]; ok || err != nil {
		return s, err
	}
	return domain.DefaultSetting(programmeID), nil
}

// ListSettings returns all that was ever set for a programme, the last day first.
func ListSettings(ctx context.Context, q postgres.Querier, programmeID string) ([]domain.Setting, error) {
	const query = `
		SELECT ` + settingColumns + `
		FROM programme_settings s
		WHERE programme_id = $1
		ORDER BY s.valid_from DESC, set_at DESC, id DESC`
	return manySettings(ctx, q, query, programmeID)
}

func manySettings(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Setting, error) {
	var rows []settingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list settings of programmes: %w", err)
	}
	settings := make([]domain.Setting, len(rows))
	for i, r := range rows {
		settings[i] = domain.Setting{
			ID: r.ID, ProgrammeID: r.ProgrammeID, ValidFrom: r.ValidFrom, DayCap: r.DayCap, Rounding: r.Rounding, Risky: r.Risky, RiskNote: r.RiskNote,
			MeetEvery: r.MeetEvery, CallEvery: r.CallEvery, Reason: r.Reason, SetBy: r.SetBy.V, SetAt: r.SetAt.UTC(),
		}
		if err := json.Unmarshal(r.Needs, &settings[i].Needs); err != nil {
			return nil, fmt.Errorf("read the needs of setting %s: %w", r.ID, err)
		}
	}
	return settings, nil
}

// InsertSetting adds a setting. It returns ErrNoProgramme when there is no such programme.
func InsertSetting(ctx context.Context, q postgres.Querier, s domain.Setting) error {
	const query = `
		INSERT INTO programme_settings (id, programme_id, valid_from, needs, day_cap, rounding, risky, risk_note, meet_every, call_every, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

	_, err := q.ExecContext(ctx, query, s.ID, s.ProgrammeID, s.ValidFrom, postgres.Array(s.Needs), s.DayCap, s.Rounding, s.Risky, s.RiskNote,
		s.MeetEvery, s.CallEvery, s.Reason, nullText(s.SetBy), s.SetAt)
	if postgres.Violated(err, "programme_settings_programme_fkey") {
		return ErrNoProgramme
	}
	if err != nil {
		return fmt.Errorf("insert setting of programme %s: %w", s.ProgrammeID, err)
	}
	return nil
}
