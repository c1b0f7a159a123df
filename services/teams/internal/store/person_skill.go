package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListSkillsOf returns the codes of what somebody can do, in the list's order.
func ListSkillsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]string, error) {
	const query = `
		SELECT p.skill
		FROM person_skills p
		JOIN skills s ON s.code = p.skill
		WHERE p.volunteer_id = $1
		ORDER BY s.place, s.code`

	codes := []string{}
	if err := sqlx.SelectContext(ctx, q, &codes, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list skills of %s: %w", volunteerID, err)
	}
	return codes, nil
}

// ReplaceSkills keeps exactly these skills of somebody. It returns
// domain.ErrNoSkill for one that is not in the list.
func ReplaceSkills(ctx context.Context, q postgres.Querier, volunteerID string, codes []string) error {
	const remove = `
		DELETE FROM person_skills
		WHERE volunteer_id = $1 AND skill <> ALL ($2::text[])`
	const insert = `
		INSERT INTO person_skills (volunteer_id, skill)
		SELECT $1, skill
		FROM unnest($2::text[]) AS s (skill)
		ON CONFLICT DO NOTHING`

	if _, err := q.ExecContext(ctx, remove, volunteerID, postgres.Array(codes)); err != nil {
		return fmt.Errorf("remove skills of %s: %w", volunteerID, err)
	}
	_, err := q.ExecContext(ctx, insert, volunteerID, postgres.Array(codes))
	if postgres.Violated(err, "person_skills_skill_fkey") {
		return domain.ErrNoSkill
	}
	if err != nil {
		return fmt.Errorf("insert skills of %s: %w", volunteerID, err)
	}
	return nil
}

// MoveSkills gives what a merged record could do to the one that stays.
func MoveSkills(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	const insert = `
		INSERT INTO person_skills (volunteer_id, skill)
		SELECT $2, skill
		FROM person_skills
		WHERE volunteer_id = $1
		ON CONFLICT DO NOTHING`
	const remove = `
		DELETE FROM person_skills
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, insert, goneID, survivorID); err != nil {
		return fmt.Errorf("move skills of %s: %w", goneID, err)
	}
	if _, err := q.ExecContext(ctx, remove, goneID); err != nil {
		return fmt.Errorf("remove skills of %s: %w", goneID, err)
	}
	return nil
}
