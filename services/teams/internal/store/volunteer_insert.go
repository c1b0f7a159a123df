package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// AnyVolunteer reports whether there is anybody yet.
func AnyVolunteer(ctx context.Context, q postgres.Querier) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM volunteers)`

	var any bool
	if err := sqlx.GetContext(ctx, q, &any, query); err != nil {
		return false, fmt.Errorf("look for volunteers: %w", err)
	}
	return any, nil
}

// InsertVolunteers adds people, their phones sealed. Some thousands at a time
// are one statement of a few megabytes.
func InsertVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, people []domain.Volunteer) error {
	const query = `
		INSERT INTO volunteers (id, number, name, phone_sealed, phone_index, board_consent, minor, joined_at, version)
		SELECT id, number, name, NULLIF(sealed, ''), NULLIF(index, ''), board_consent, minor, joined_at, version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::boolean[], $7::boolean[], $8::timestamptz[], $9::bigint[])
			AS v (id, number, name, sealed, index, board_consent, minor, joined_at, version)`

	sealed, indexes, err := sealPhones(v, people)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, query,
		postgres.Column(people, func(p domain.Volunteer) string { return p.ID }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.Number }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.Name }),
		postgres.Array(sealed), postgres.Array(indexes),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.BoardConsent }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.Minor }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.JoinedAt.Format(time.RFC3339Nano) }),
		postgres.Column(people, func(p domain.Volunteer) int64 { return p.Version }))
	if err != nil {
		return fmt.Errorf("insert %d volunteers: %w", len(people), err)
	}
	return nil
}

// sealPhones returns the sealed phones and their blind indexes, empty for
// whoever has none.
func sealPhones(v *vault.Vault, people []domain.Volunteer) (sealed, indexes [][]byte, err error) {
	sealed, indexes = make([][]byte, len(people)), make([][]byte, len(people))
	for i, p := range people {
		sealed[i], indexes[i] = []byte{}, []byte{}
		if p.Phone == "" {
			continue
		}
		if sealed[i], err = v.Seal(string(p.Phone), phonePlace(p.ID)); err != nil {
			return nil, nil, err
		}
		indexes[i] = PhoneIndex(v, p.Phone)
	}
	return sealed, indexes, nil
}
