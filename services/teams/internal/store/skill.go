package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type skillRow struct {
	Code    string `db:"code"`
	Name    string `db:"name"`
	Place   int    `db:"place"`
	Offered bool   `db:"offered"`
}

// ListSkills returns the whole list, in its order.
func ListSkills(ctx context.Context, q postgres.Querier) ([]domain.Skill, error) {
	const query = `
		SELECT code, name, place, offered
		FROM skills
		ORDER BY place, code`

	var rows []skillRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list skills: %w", err)
	}
	skills := make([]domain.Skill, len(rows))
	for i, row := range rows {
		skills[i] = domain.Skill(row)
	}
	return skills, nil
}

// UpsertSkill adds a skill to the list or changes it. It returns
// domain.ErrSkillThere when another one has its name.
func UpsertSkill(ctx context.Context, q postgres.Querier, s domain.Skill) error {
	const query = `
		INSERT INTO skills (code, name, place, offered)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (code) DO UPDATE
		SET name = excluded.name, place = excluded.place, offered = excluded.offered`

	_, err := q.ExecContext(ctx, query, s.Code, s.Name, s.Place, s.Offered)
	if postgres.Violated(err, "skills_name_key") {
		return domain.ErrSkillThere
	}
	if err != nil {
		return fmt.Errorf("upsert skill %s: %w", s.Code, err)
	}
	return nil
}
