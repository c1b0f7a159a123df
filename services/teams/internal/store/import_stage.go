package store

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Staged is a row that an import makes, or changes from Version-1 to Version.
type Staged[T any] struct {
	Fresh bool
	Row   T
}

// StageTeams writes down brigades that an import makes or changes, from place on.
func StageTeams(ctx context.Context, q postgres.Querier, importID string, place int, teams []Staged[domain.Team]) error {
	columns := []string{"import_id", "place", "fresh", "id", "name", "initials", "grams", "region_code", "reporting_unit", "category", "headcount", "founded_at", "version"}
	return stage(ctx, q, "import_teams", columns, teams, func(i int, s Staged[domain.Team]) ([]any, error) {
		t := s.Row
		return []any{importID, place + i, s.Fresh, t.ID, t.Name, pinyin.Initials(t.Name), grams(t.Name), t.RegionCode, t.ReportingUnit, t.Category, t.Headcount, t.FoundedAt, t.Version}, nil
	})
}

// StageVolunteers writes down people whom an import makes or changes, from
// place on, their numbers sealed. Of a changed one what is empty stays as it is.
func StageVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, importID string, place int, people []Staged[domain.Volunteer]) error {
	columns := []string{"import_id", "place", "fresh", "id", "number", "name", "initials", "grams", "joined_at", "phone_sealed", "phone_index",
		"id_sealed", "id_index", "sex", "region_code", "version"}
	return stage(ctx, q, "import_volunteers", columns, people, func(i int, s Staged[domain.Volunteer]) ([]any, error) {
		p := s.Row
		phone, phoneIndex, err := seal(v, string(p.Phone), phonePurpose, phonePlace(p.ID))
		if err != nil {
			return nil, err
		}
		number, numberIndex, err := seal(v, p.IDNumber, idPurpose, idPlace(p.ID))
		if err != nil {
			return nil, err
		}
		return []any{importID, place + i, s.Fresh, p.ID, p.Number, p.Name, pinyin.Initials(p.Name), grams(p.Name), p.JoinedAt,
			orNoBytes(phone), orNoBytes(phoneIndex), orNoBytes(number), orNoBytes(numberIndex), p.Sex, p.RegionCode, p.Version}, nil
	})
}

// StageMemberships writes down memberships that an import makes or changes, from place on.
func StageMemberships(ctx context.Context, q postgres.Querier, importID string, place int, memberships []Staged[domain.Membership]) error {
	columns := []string{"import_id", "place", "fresh", "id", "team_id", "volunteer_id", "role", "since", "version"}
	return stage(ctx, q, "import_memberships", columns, memberships, func(i int, s Staged[domain.Membership]) ([]any, error) {
		m := s.Row
		return []any{importID, place + i, s.Fresh, m.ID, m.TeamID, m.VolunteerID, string(m.Role), m.Since, m.Version}, nil
	})
}

func stage[T any](ctx context.Context, q postgres.Querier, table string, columns []string, rows []Staged[T], values func(int, Staged[T]) ([]any, error)) error {
	var all iter.Seq2[[]any, error] = func(yield func([]any, error) bool) {
		for i, row := range rows {
			if !yield(values(i, row)) {
				return
			}
		}
	}
	if _, err := postgres.Copy(ctx, q, table, columns, all); err != nil {
		return fmt.Errorf("stage %d rows: %w", len(rows), err)
	}
	return nil
}

// grams are what a name is found by, as COPY takes an array: our grams hold
// letters and digits only, nothing that would have to be quoted.
func grams(name string) string { return "{" + strings.Join(pinyin.Grams(name), ",") + "}" }

func orNoBytes(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// ClearStage drops what was staged of an import.
func ClearStage(ctx context.Context, q postgres.Querier, importID string) error {
	for _, query := range []string{
		`DELETE FROM import_teams WHERE import_id = $1`,
		`DELETE FROM import_memberships WHERE import_id = $1`,
		`DELETE FROM import_volunteers WHERE import_id = $1`,
	} {
		if _, err := q.ExecContext(ctx, query, importID); err != nil {
			return fmt.Errorf("clear stage of import %s: %w", importID, err)
		}
	}
	return nil
}
