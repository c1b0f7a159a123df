package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type campaignRow struct {
	ID            string              `db:"id"`
	RegionPath    string              `db:"region_path"`
	ProgrammeID   string              `db:"programme_id"`
	ProgrammeName string              `db:"programme_name"`
	Name          string              `db:"name"`
	Call          string              `db:"call"`
	Title         string              `db:"title"`
	Description   string              `db:"description"`
	Risks         string              `db:"risks"`
	Bring         string              `db:"bring"`
	FirstDay      string              `db:"first_day"`
	LastDay       string              `db:"last_day"`
	CreatedBy     string              `db:"created_by"`
	CreatedAt     time.Time           `db:"created_at"`
	EndedAt       sql.Null[time.Time] `db:"ended_at"`
	TakenUp       int                 `db:"taken_up"`
}

const campaignsQuery = `
	SELECT c.id, c.region_path, c.programme_id, p.name AS programme_name, c.name, c.call, c.title, c.description, c.risks, c.bring,
		to_char(c.first_day, 'YYYY-MM-DD') AS first_day, to_char(c.last_day, 'YYYY-MM-DD') AS last_day, c.created_by, c.created_at, c.ended_at,
		(SELECT count(*) FROM tasks t WHERE t.campaign_id = c.id AND t.state = 'published') AS taken_up
	FROM campaigns c
	JOIN programmes p ON p.id = c.programme_id `

func (r campaignRow) campaign() domain.Campaign {
	return domain.Campaign{
		ID: r.ID, RegionPath: r.RegionPath, ProgrammeID: r.ProgrammeID, ProgrammeName: r.ProgrammeName, Name: r.Name, Call: r.Call,
		Template: domain.Template{Title: r.Title, Description: r.Description, Risks: r.Risks, Bring: r.Bring},
		FirstDay: r.FirstDay, LastDay: r.LastDay, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt.UTC(), EndedAt: utc(r.EndedAt), TakenUp: r.TakenUp,
	}
}

// FindCampaign returns a campaign, or domain.ErrNoSuchCampaign.
func FindCampaign(ctx context.Context, q postgres.Querier, id string) (domain.Campaign, error) {
	const query = campaignsQuery + `WHERE c.id = $1`

	var row campaignRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Campaign{}, domain.ErrNoSuchCampaign
	}
	if err != nil {
		return domain.Campaign{}, fmt.Errorf("find campaign %s: %w", id, err)
	}
	return row.campaign(), nil
}

// ListCampaigns returns the campaigns that lie in one of an officer's regions,
// and those that still go on for the brigades of a leader, newest first.
func ListCampaigns(ctx context.Context, q postgres.Querier, regionPaths, teamIDs []string, day string) ([]domain.Campaign, error) {
	const query = campaignsQuery + `
		WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS r (path) WHERE starts_with(c.region_path, r.path))
			OR c.ended_at IS NULL AND c.last_day >= $3::date
				AND EXISTS (SELECT 1 FROM known_teams k WHERE k.team_id = ANY ($2::uuid[]) AND starts_with(k.region_path, c.region_path))
		ORDER BY c.ended_at IS NULL AND c.last_day >= $3::date DESC, c.first_day DESC, c.id
		LIMIT 100`

	var rows []campaignRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), postgres.Array(teamIDs), day); err != nil {
		return nil, fmt.Errorf("list campaigns: %w", err)
	}
	campaigns := make([]domain.Campaign, len(rows))
	for i, r := range rows {
		campaigns[i] = r.campaign()
	}
	return campaigns, nil
}

// InsertCampaign adds a campaign. It returns ErrNoSuchProgramme when its programme does not exist.
func InsertCampaign(ctx context.Context, q postgres.Querier, c domain.Campaign) error {
	const query = `
		INSERT INTO campaigns (id, region_path, programme_id, name, call, title, description, risks, bring, first_day, last_day, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

	_, err := q.ExecContext(ctx, query, c.ID, c.RegionPath, c.ProgrammeID, c.Name, c.Call, c.Template.Title, c.Template.Description,
		c.Template.Risks, c.Template.Bring, c.FirstDay, c.LastDay, c.CreatedBy, c.CreatedAt)
	if postgres.Violated(err, "campaigns_programme_fkey") {
		return apperr.For("programme_id", ErrNoSuchProgramme)
	}
	if err != nil {
		return fmt.Errorf("insert campaign %s: %w", c.ID, err)
	}
	return nil
}

// EndCampaign takes a campaign off the leaders' pages. Ending twice keeps the first.
func EndCampaign(ctx context.Context, q postgres.Querier, id string, at time.Time) error {
	if _, err := q.ExecContext(ctx, `UPDATE campaigns SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, id, at); err != nil {
		return fmt.Errorf("end campaign %s: %w", id, err)
	}
	return nil
}
