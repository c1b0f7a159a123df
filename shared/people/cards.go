package people

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/qihe-volunteers/qihe/shared/replicas"
)

// CardPath is where teams says whose volunteer card a token is, behind the
// internal secret.
const CardPath = "/internal/v1/cards/lookup"

// ErrNoCard says that a token is of no card.
var ErrNoCard = errors.New("no such card")

// Card is a volunteer card: whose, and when it counted.
type Card struct {
	VolunteerID string    `json:"volunteer_id"`
	IssuedAt    time.Time `json:"issued_at"`
	EndedAt     time.Time `json:"ended_at,omitzero"` // when it was lost or replaced; zero: it counts
}

// FindCard asks teams whose card a token is, or returns ErrNoCard. Nothing is
// remembered: a lost card must be void at once.
func (d *Directory) FindCard(ctx context.Context, token string) (Card, error) {
	body, err := json.Marshal(map[string]string{"token": token})
	if err != nil {
		return Card{}, fmt.Errorf("encode token: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+CardPath, bytes.NewReader(body))
	if err != nil {
		return Card{}, fmt.Errorf("ask teams for a card: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+d.secret)
	req.Header.Set("Content-Type", "application/json")
	replicas.Repeatable(req)
	res, err := d.client.Do(req)
	if err != nil {
		return Card{}, fmt.Errorf("ask teams for a card: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		Card
		Code string `json:"code"`
	}
	err = json.NewDecoder(res.Body).Decode(&answer)
	switch {
	case err == nil && res.StatusCode == http.StatusOK && answer.VolunteerID != "":
		return answer.Card, nil
	case err == nil && res.StatusCode == http.StatusNotFound && answer.Code == "no_such_card":
		return Card{}, ErrNoCard
	default:
		return Card{}, errors.Join(fmt.Errorf("ask teams for a card: %s %s", res.Status, answer.Code), err)
	}
}
