package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func cardPlace(id string) vault.Place {
	return vault.Place{Table: "volunteer_cards", Column: "token_sealed", Row: id}
}

type cardRow struct {
	ID          string              `db:"id"`
	VolunteerID string              `db:"volunteer_id"`
	Serial      int                 `db:"serial"`
	TokenSealed []byte              `db:"token_sealed"`
	IssuedBy    string              `db:"issued_by"`
	IssuedAt    time.Time           `db:"issued_at"`
	EndedAt     sql.Null[time.Time] `db:"ended_at"`
}

const cardColumns = `id, volunteer_id, serial, token_sealed, issued_by, issued_at, ended_at`

func (r cardRow) card(v *vault.Vault) (domain.Card, error) {
	token, err := open(v, r.TokenSealed, cardPlace(r.ID))
	return domain.Card{
		ID: r.ID, VolunteerID: r.VolunteerID, Serial: r.Serial, Token: token, IssuedBy: r.IssuedBy, IssuedAt: r.IssuedAt.UTC(), EndedAt: orZero(r.EndedAt),
	}, err
}

// FindCard returns the card with a token, whether it counts or not, or
// domain.ErrNoCard. The card of a record that became part of another is that
// person's: its VolunteerID is the survivor's.
func FindCard(ctx context.Context, q postgres.Querier, v *vault.Vault, token string) (domain.Card, error) {
	const query = `
		SELECT c.id, COALESCE(v.merged_into, v.id) AS volunteer_id, c.serial, c.token_sealed, c.issued_by, c.issued_at, c.ended_at
		FROM volunteer_cards c
		JOIN volunteers v ON v.id = c.volunteer_id
		WHERE c.token_hash = $1`

	var row cardRow
	err := sqlx.GetContext(ctx, q, &row, query, domain.HashSecret(token))
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Card{}, domain.ErrNoCard
	}
	if err != nil {
		return domain.Card{}, fmt.Errorf("find card: %w", err)
	}
	return row.card(v)
}

// ListCards returns, by volunteer, the cards of these people that count.
func ListCards(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerIDs []string) (map[string]domain.Card, error) {
	const query = `
		SELECT ` + cardColumns + `
		FROM volunteer_cards
		WHERE volunteer_id = ANY ($1::uuid[]) AND ended_at IS NULL`

	var rows []cardRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list cards of %d people: %w", len(volunteerIDs), err)
	}
	cards := make(map[string]domain.Card, len(rows))
	for _, row := range rows {
		c, err := row.card(v)
		if err != nil {
			return nil, err
		}
		cards[c.VolunteerID] = c
	}
	return cards, nil
}

// InsertCards adds cards, each with its person's next serial. For somebody who
// got one in the same moment it adds none: list them afterwards.
func InsertCards(ctx context.Context, q postgres.Querier, v *vault.Vault, cards []domain.Card) error {
	const query = `
		INSERT INTO volunteer_cards (id, volunteer_id, serial, token_hash, token_sealed, issued_by, issued_at)
		SELECT $1, $2, COALESCE(max(serial), 0) + 1, $3, $4, $5, $6
		FROM volunteer_cards
		WHERE volunteer_id = $2
		ON CONFLICT DO NOTHING`

	for _, c := range cards {
		sealed, err := v.Seal(c.Token, cardPlace(c.ID))
		if err != nil {
			return err
		}
		if _, err := q.ExecContext(ctx, query, c.ID, c.VolunteerID, domain.HashSecret(c.Token), sealed, c.IssuedBy, c.IssuedAt); err != nil {
			return fmt.Errorf("insert card of %s: %w", c.VolunteerID, err)
		}
	}
	return nil
}

// EndCards ends whatever cards of a person count, those of records that became
// part of hers too. Her row must be locked.
func EndCards(ctx context.Context, q postgres.Querier, volunteerID, by string, at time.Time) error {
	const query = `
		UPDATE volunteer_cards
		SET ended_by = $2, ended_at = $3
		WHERE ended_at IS NULL AND volunteer_id IN (SELECT id FROM volunteers WHERE id = $1 OR merged_into = $1)`

	if _, err := q.ExecContext(ctx, query, volunteerID, by, at); err != nil {
		return fmt.Errorf("end cards of %s: %w", volunteerID, err)
	}
	return nil
}

// ListCardHolders returns those of a team's people who are to get a card, the
// ones without a phone first, then by name: at most limit. Without ids it is
// everybody.
func ListCardHolders(ctx context.Context, q postgres.Querier, v *vault.Vault, teamID string, volunteerIDs []string, limit int) ([]domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM memberships m
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE m.team_id = $1 AND m.state = 'active' AND v.state IN ('active', 'unclaimed')
			AND (cardinality($2::uuid[]) = 0 OR m.volunteer_id = ANY ($2::uuid[]))
		ORDER BY v.phone_sealed IS NOT NULL, v.name, v.id
		LIMIT $3`

	var rows []volunteerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, postgres.Array(volunteerIDs), limit); err != nil {
		return nil, fmt.Errorf("list card holders of team %s: %w", teamID, err)
	}
	people := make([]domain.Volunteer, len(rows))
	for i, row := range rows {
		var err error
		if people[i], err = row.volunteer(v); err != nil {
			return nil, err
		}
	}
	return people, nil
}
