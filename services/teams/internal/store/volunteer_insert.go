package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
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

// DrawVolunteerSerials draws n serials for volunteer numbers: not always
// neighbours, when somebody else draws at the same time.
func DrawVolunteerSerials(ctx context.Context, q postgres.Querier, n int) ([]int64, error) {
	const query = `
		SELECT nextval('volunteer_serials')
		FROM generate_series(1, $1)`

	var serials []int64
	if err := sqlx.SelectContext(ctx, q, &serials, query, n); err != nil {
		return nil, fmt.Errorf("draw %d volunteer serials: %w", n, err)
	}
	return serials, nil
}

// SetVolunteerSerials lets the next serial follow the last one that was given
// without the sequence. It needs the tables' owner.
func SetVolunteerSerials(ctx context.Context, q postgres.Querier, last int) error {
	const query = `SELECT setval('volunteer_serials', $1)`

	if _, err := q.ExecContext(ctx, query, last); err != nil {
		return fmt.Errorf("set volunteer serials: %w", err)
	}
	return nil
}

// InsertVolunteers adds people, their phones and identity numbers sealed. Some
// thousands at a time are one statement of a few megabytes. It returns
// domain.ErrPhoneTaken or domain.ErrIDTaken when somebody has a number already.
func InsertVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, people []domain.Volunteer) error {
	const query = `
		INSERT INTO volunteers (id, number, name, initials, grams, state, phone_sealed, phone_index, id_kind, id_sealed, id_index,
			sex, region_code, board_consent, minor, adult_on, merged_into, joined_at, version, rank_consent, location_consent, national_consent)
		SELECT id, number, name, initials, string_to_array(grams, ' '), state, NULLIF(phone, ''), NULLIF(phone_index, ''),
			id_kind, NULLIF(id_number, ''), NULLIF(id_index, ''), sex, NULLIF(region, ''), board_consent, minor, adult_on::date,
			NULLIF(merged_into, '')::uuid, joined_at, version, rank_consent, location_consent, national_consent
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::text[],
				$10::bytea[], $11::bytea[], $12::text[], $13::text[], $14::boolean[], $15::boolean[], $16::text[], $17::text[],
				$18::timestamptz[], $19::bigint[], $20::boolean[], $21::boolean[], $22::boolean[])
			AS v (id, number, name, initials, grams, state, phone, phone_index, id_kind,
				id_number, id_index, sex, region, board_consent, minor, adult_on, merged_into,
				joined_at, version, rank_consent, location_consent, national_consent)`

	sealed, err := sealAll(v, people)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, query,
		postgres.Column(people, func(p domain.Volunteer) string { return p.ID }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.Number }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.Name }),
		postgres.Column(people, func(p domain.Volunteer) string { return pinyin.Initials(p.Name) }),
		postgres.Column(people, func(p domain.Volunteer) string { return strings.Join(pinyin.Grams(p.Name), " ") }),
		postgres.Column(people, func(p domain.Volunteer) string { return string(p.State) }),
		postgres.Array(sealed.phones), postgres.Array(sealed.phoneIndexes),
		postgres.Column(people, func(p domain.Volunteer) string { return string(p.IDKind) }),
		postgres.Array(sealed.numbers), postgres.Array(sealed.numberIndexes),
		postgres.Column(people, func(p domain.Volunteer) string { return p.Sex }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.RegionCode }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.BoardConsent }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.Minor }),
		postgres.Array(adultDays(people)),
		postgres.Column(people, func(p domain.Volunteer) string { return p.MergedInto }),
		postgres.Column(people, func(p domain.Volunteer) string { return p.JoinedAt.Format(time.RFC3339Nano) }),
		postgres.Column(people, func(p domain.Volunteer) int64 { return p.Version }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.RankConsent }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.LocationConsent }),
		postgres.Column(people, func(p domain.Volunteer) bool { return p.NationalConsent }))
	if err != nil {
		return fmt.Errorf("insert %d volunteers: %w", len(people), taken(err))
	}
	return nil
}

func adultDays(people []domain.Volunteer) []sql.NullString {
	days := make([]sql.NullString, len(people))
	for i, p := range people {
		days[i] = dateOrNull(p.AdultOn)
	}
	return days
}

// sealedPeople are the sealed values of people and their blind indexes, empty
// where there is none.
type sealedPeople struct{ phones, phoneIndexes, numbers, numberIndexes [][]byte }

func sealAll(v *vault.Vault, people []domain.Volunteer) (sealedPeople, error) {
	var all sealedPeople
	for _, p := range people {
		phone, phoneIndex, err := seal(v, string(p.Phone), phonePurpose, phonePlace(p.ID))
		if err != nil {
			return all, err
		}
		number, numberIndex, err := seal(v, p.IDNumber, idPurpose, idPlace(p.ID))
		if err != nil {
			return all, err
		}
		all.phones, all.phoneIndexes = append(all.phones, some(phone)), append(all.phoneIndexes, some(phoneIndex))
		all.numbers, all.numberIndexes = append(all.numbers, some(number)), append(all.numberIndexes, some(numberIndex))
	}
	return all, nil
}

// some keeps NULL out of an array of bytea, which lib/pq writes as an empty value anyway.
func some(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
