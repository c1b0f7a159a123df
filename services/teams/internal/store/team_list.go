package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TeamLine is a brigade as lists show it.
type TeamLine struct {
	Team          domain.Team
	CategoryName  string
	LeaderID      string // empty: nobody
	LeaderName    string
	LeaderPublic  bool // the leader agreed that everybody may know the name
	Members       int
	SuccessorName string
}

// TeamFilter narrows a list of brigades; zero values do not, but for States.
type TeamFilter struct {
	IDs        []string
	Words      pinyin.Query
	RegionPath string             // the subtree
	States     []domain.TeamState // at least one
	Category   string
	Leaderless bool
	Paths      []string // regions whose brigades are shown in every state; elsewhere public ones only
}

// ListTeams returns a page of the brigades by name in the order of pinyin.
// Page.After is a brigade's id.
//
// The page is cut first; leader and members are looked up for its lines only,
// each by an index of its own, so that nothing has to be counted in advance.
func ListTeams(ctx context.Context, q postgres.Querier, f TeamFilter, page Page) ([]TeamLine, error) {
	const query = `
		SELECT ` + teamColumns + `, COALESCE(c.name, '') AS category_name, v.id AS leader_id, v.name AS leader_name,
			v.board_consent AND NOT v.minor AS leader_public, COALESCE(s.name, '') AS successor_name,
			(SELECT count(*) FROM memberships n WHERE n.team_id = t.id AND n.state = 'active') AS members
		FROM (
			SELECT t.*
			FROM teams t
			JOIN regions r ON r.code = t.region_code
			WHERE ($1::uuid[] IS NULL OR t.id = ANY ($1::uuid[]))
				AND t.state = ANY ($2::text[])
				AND (t.state IN ('active', 'suspended', 'dissolved') OR r.path LIKE ANY ($3::text[]))
				AND r.path LIKE $4 || '%'
				AND ($5 = '' OR t.category = $5)
				AND ($6::text[] IS NULL OR t.grams @> $6::text[] AND (plain_name(t.name) LIKE '%' || $7 || '%' OR t.initials LIKE '%' || $7 || '%'))
				AND (NOT $8::boolean OR t.state IN ('active', 'suspended')
					AND NOT EXISTS (SELECT 1 FROM memberships l WHERE l.team_id = t.id AND l.role = 'leader' AND l.state = 'active'))
				AND ($9::uuid IS NULL OR (t.name, t.id) > (SELECT a.name, a.id FROM teams a WHERE a.id = $9::uuid))
			ORDER BY t.name, t.id
			LIMIT $10
		) t
		JOIN regions r ON r.code = t.region_code
		LEFT JOIN team_categories c ON c.code = t.category
		LEFT JOIN memberships m ON m.team_id = t.id AND m.role = 'leader' AND m.state = 'active'
		LEFT JOIN volunteers v ON v.id = m.volunteer_id
		LEFT JOIN teams s ON s.id = t.successor_id
		ORDER BY t.name, t.id`

	covered := make([]string, len(f.Paths))
	for i, path := range f.Paths {
		covered[i] = path + "%"
	}
	var ids, grams any
	if f.IDs != nil {
		ids = postgres.Array(f.IDs)
	}
	if !f.Words.Empty() {
		grams = postgres.Array(f.Words.Grams())
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	var rows []teamLineRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, ids, postgres.Array(names(f.States)), postgres.Array(covered), f.RegionPath,
		f.Category, grams, f.Words.Text(), f.Leaderless, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list teams: %w", err)
	}
	lines := make([]TeamLine, len(rows))
	for i, row := range rows {
		lines[i] = row.line()
	}
	return lines, nil
}

type teamLineRow struct {
	teamRow
	CategoryName  string           `db:"category_name"`
	LeaderID      sql.Null[string] `db:"leader_id"`
	LeaderName    sql.Null[string] `db:"leader_name"`
	LeaderPublic  sql.Null[bool]   `db:"leader_public"`
	SuccessorName string           `db:"successor_name"`
	Members       int              `db:"members"`
}

func (r teamLineRow) line() TeamLine {
	return TeamLine{
		Team: r.team(), CategoryName: r.CategoryName, LeaderID: r.LeaderID.V, LeaderName: r.LeaderName.V,
		LeaderPublic: r.LeaderPublic.V, Members: r.Members, SuccessorName: r.SuccessorName,
	}
}

func names(states []domain.TeamState) []string {
	all := make([]string, len(states))
	for i, s := range states {
		all[i] = string(s)
	}
	return all
}
