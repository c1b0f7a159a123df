package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const consentLinkColumns = `id, child_id, secret_hash, (SELECT json_agg(encode(p, 'hex')) FROM unnest(proofs) AS p) AS proofs, consent_ends, made_by, made_at,
	answer_by, wrong_tries, last_wrong_at, answered_at, agreed, ended_at`

type consentLinkRow struct {
	ID          string              `db:"id"`
	ChildID     string              `db:"child_id"`
	SecretHash  []byte              `db:"secret_hash"`
	Proofs      []byte              `db:"proofs"`
	ConsentEnds time.Time           `db:"consent_ends"`
	MadeBy      string              `db:"made_by"`
	MadeAt      time.Time           `db:"made_at"`
	AnswerBy    time.Time           `db:"answer_by"`
	WrongTries  int                 `db:"wrong_tries"`
	LastWrongAt sql.Null[time.Time] `db:"last_wrong_at"`
	AnsweredAt  sql.Null[time.Time] `db:"answered_at"`
	Agreed      sql.Null[bool]      `db:"agreed"`
	EndedAt     sql.Null[time.Time] `db:"ended_at"`
}

func (r consentLinkRow) link() (domain.ConsentLink, error) {
	l := domain.ConsentLink{
		ID: r.ID, ChildID: r.ChildID, SecretHash: r.SecretHash, ConsentEnds: r.ConsentEnds.UTC(), MadeBy: r.MadeBy, MadeAt: r.MadeAt.UTC(),
		AnswerBy: r.AnswerBy.UTC(), WrongTries: r.WrongTries, LastWrongAt: instant(r.LastWrongAt), AnsweredAt: instant(r.AnsweredAt),
		Agreed: r.Agreed.V, EndedAt: instant(r.EndedAt),
	}
	var proofs []string
	if err := json.Unmarshal(r.Proofs, &proofs); err != nil {
		return l, fmt.Errorf("read proofs: %w", err)
	}
	for _, p := range proofs {
		b, err := hex.DecodeString(p)
		if err != nil {
			return l, fmt.Errorf("read proofs: %w", err)
		}
		l.Proofs = append(l.Proofs, b)
	}
	return l, nil
}

// InsertConsentLink keeps a link in place of those that the child has and that
// nobody agreed by.
func InsertConsentLink(ctx context.Context, q postgres.Querier, l domain.ConsentLink) error {
	const others = `
		UPDATE consent_links
		SET ended_at = $2
		WHERE child_id = $1 AND ended_at IS NULL AND agreed IS NOT TRUE`
	const query = `
		INSERT INTO consent_links (id, child_id, secret_hash, proofs, consent_ends, made_by, made_at, answer_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	if _, err := q.ExecContext(ctx, others, l.ChildID, l.MadeAt); err != nil {
		return fmt.Errorf("end links: %w", err)
	}
	if _, err := q.ExecContext(ctx, query, l.ID, l.ChildID, l.SecretHash, postgres.Array(l.Proofs), l.ConsentEnds, l.MadeBy, l.MadeAt, l.AnswerBy); err != nil {
		return fmt.Errorf("keep a link: %w", err)
	}
	return nil
}

// FindChildOfLink returns whose link has a key, or domain.ErrConsentLink.
func FindChildOfLink(ctx context.Context, q postgres.Querier, secretHash []byte) (childID string, err error) {
	const query = `
		SELECT child_id
		FROM consent_links
		WHERE secret_hash = $1`

	err = sqlx.GetContext(ctx, q, &childID, query, secretHash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", domain.ErrConsentLink
	}
	if err != nil {
		return "", fmt.Errorf("find a link: %w", err)
	}
	return childID, nil
}

// LockConsentLink returns the link with a key for an update, or domain.ErrConsentLink.
func LockConsentLink(ctx context.Context, q postgres.Querier, secretHash []byte) (domain.ConsentLink, error) {
	const query = `
		SELECT ` + consentLinkColumns + `
		FROM consent_links
		WHERE secret_hash = $1
		FOR UPDATE`
	return findConsentLink(ctx, q, query, secretHash)
}

// FindLastConsentLink returns a child's newest link; ok is false when there is none.
func FindLastConsentLink(ctx context.Context, q postgres.Querier, childID string) (l domain.ConsentLink, ok bool, err error) {
	const query = `
		SELECT ` + consentLinkColumns + `
		FROM consent_links
		WHERE child_id = $1
		ORDER BY made_at DESC, id DESC
		LIMIT 1`
	l, err = findConsentLink(ctx, q, query, childID)
	if errors.Is(err, domain.ErrConsentLink) {
		return l, false, nil
	}
	return l, err == nil, err
}

func findConsentLink(ctx context.Context, q postgres.Querier, query string, arg any) (domain.ConsentLink, error) {
	var row consentLinkRow
	err := sqlx.GetContext(ctx, q, &row, query, arg)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ConsentLink{}, domain.ErrConsentLink
	}
	if err != nil {
		return domain.ConsentLink{}, fmt.Errorf("find a link: %w", err)
	}
	return row.link()
}

// UpdateConsentLink writes what became of a link.
func UpdateConsentLink(ctx context.Context, q postgres.Querier, l domain.ConsentLink) error {
	const query = `
		UPDATE consent_links
		SET wrong_tries = $2, last_wrong_at = $3, answered_at = $4, agreed = $5
		WHERE id = $1`

	agreed := sql.Null[bool]{V: l.Agreed, Valid: !l.AnsweredAt.IsZero()}
	if _, err := q.ExecContext(ctx, query, l.ID, l.WrongTries, nullable(l.LastWrongAt), nullable(l.AnsweredAt), agreed); err != nil {
		return fmt.Errorf("write a link: %w", err)
	}
	return nil
}
