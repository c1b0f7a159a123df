package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// RegionVolunteer is somebody who is or was in a brigade of a region.
type RegionVolunteer struct {
	domain.Volunteer
	TeamID string // the brigade; one they are in before one they were in
}

// ListRegionVolunteers returns a page of those who are or were in a brigade of a
// region, by id. Nobody who was merged or erased is among them.
func ListRegionVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, regionPath string, page Page) ([]RegionVolunteer, error) {
	const query = postgres.Anew + `
		SELECT ` + volunteerColumns + `, b.team_id
		FROM volunteers v
		JOIN LATERAL (
			SELECT m.team_id
			FROM memberships m
			JOIN teams t ON t.id = m.team_id
			JOIN regions r ON r.code = t.region_code
			WHERE m.volunteer_id = v.id AND m.state IN ('active', 'ended') AND starts_with(r.path, $1)
			ORDER BY m.state = 'active' DESC, m.since, m.id
			LIMIT 1
		) AS b ON true
		WHERE v.state IN ('unclaimed', 'active', 'waiting') AND ($2 = '' OR v.id > NULLIF($2, '')::uuid)
		ORDER BY v.id
		LIMIT $3`

	var rows []struct {
		volunteerRow
		TeamID string `db:"team_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, page.After, page.Limit); err != nil {
		return nil, fmt.Errorf("list volunteers of region %s: %w", regionPath, err)
	}
	list := make([]RegionVolunteer, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		list[i] = RegionVolunteer{person, row.TeamID}
	}
	return list, nil
}

// FindNotes returns the trainings and honours of people that count, and the
// complaints about them that were decided.
func FindNotes(ctx context.Context, q postgres.Querier, volunteerIDs []string) ([]domain.Training, []domain.Honour, []NamedComplaint, error) {
	const ofTrainings = `
		SELECT ` + trainingColumns + `
		FROM trainings n
		WHERE n.volunteer_id = ANY ($1::uuid[]) AND n.withdrawn_at IS NULL`
	const ofHonours = `
		SELECT ` + honourColumns + `
		FROM honours n
		WHERE n.volunteer_id = ANY ($1::uuid[]) AND n.withdrawn_at IS NULL`
	const ofComplaints = `
		SELECT ` + complaintColumns + `, t.name AS team_name
		FROM complaints c
		JOIN teams t ON t.id = c.team_id
		WHERE c.volunteer_id = ANY ($1::uuid[]) AND c.decided_by IS NOT NULL`

	ids := postgres.Array(volunteerIDs)
	var trainings []trainingRow
	if err := sqlx.SelectContext(ctx, q, &trainings, ofTrainings, ids); err != nil {
		return nil, nil, nil, fmt.Errorf("find trainings of %d people: %w", len(volunteerIDs), err)
	}
	var honours []honourRow
	if err := sqlx.SelectContext(ctx, q, &honours, ofHonours, ids); err != nil {
		return nil, nil, nil, fmt.Errorf("find honours of %d people: %w", len(volunteerIDs), err)
	}
	var complaints []struct {
		complaintRow
		TeamName string `db:"team_name"`
	}
	if err := sqlx.SelectContext(ctx, q, &complaints, ofComplaints, ids); err != nil {
		return nil, nil, nil, fmt.Errorf("find complaints about %d people: %w", len(volunteerIDs), err)
	}
	had, given, about := make([]domain.Training, len(trainings)), make([]domain.Honour, len(honours)), make([]NamedComplaint, len(complaints))
	for i, r := range trainings {
		had[i] = r.training()
	}
	for i, r := range honours {
		given[i] = r.honour()
	}
	for i, r := range complaints {
		about[i] = NamedComplaint{Complaint: r.complaint(), TeamName: r.TeamName}
	}
	return had, given, about, nil
}

// FindSkillNames returns what people can do, by name and in the list's order.
func FindSkillNames(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string][]string, error) {
	const query = `
		SELECT p.volunteer_id, s.name
		FROM person_skills p
		JOIN skills s ON s.code = p.skill
		WHERE p.volunteer_id = ANY ($1::uuid[])
		ORDER BY s.place, s.code`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		Name        string `db:"name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("find skills of %d people: %w", len(volunteerIDs), err)
	}
	names := map[string][]string{}
	for _, r := range rows {
		names[r.VolunteerID] = append(names[r.VolunteerID], r.Name)
	}
	return names, nil
}
