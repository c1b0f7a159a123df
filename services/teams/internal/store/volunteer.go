package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// volunteerColumns are read into a volunteerRow; the table is called v.
const volunteerColumns = `v.id, v.number, v.name, v.state, v.phone_sealed, v.id_kind, v.id_sealed, v.sex,
	COALESCE(v.region_code, '') AS region_code, v.board_consent, v.rank_consent, v.location_consent, v.national_consent, v.minor, v.adult_on,
	COALESCE(v.merged_into::text, '') AS merged_into, v.joined_at, v.version`

type volunteerRow struct {
	ID           string              `db:"id"`
	Number       string              `db:"number"`
	Name         string              `db:"name"`
	State        string              `db:"state"`
	PhoneSealed  []byte              `db:"phone_sealed"`
	IDKind       string              `db:"id_kind"`
	IDSealed     []byte              `db:"id_sealed"`
	Sex          string              `db:"sex"`
	RegionCode   string              `db:"region_code"`
	BoardConsent bool                `db:"board_consent"`
	RankConsent  bool                `db:"rank_consent"`
	PlaceConsent bool                `db:"location_consent"`
	NationalYes  bool                `db:"national_consent"`
	Minor        bool                `db:"minor"`
	AdultOn      sql.Null[time.Time] `db:"adult_on"`
	MergedInto   string              `db:"merged_into"`
	JoinedAt     time.Time           `db:"joined_at"`
	Version      int64               `db:"version"`
}

func (r volunteerRow) volunteer(v *vault.Vault) (domain.Volunteer, error) {
	phone, err := open(v, r.PhoneSealed, phonePlace(r.ID))
	if err != nil {
		return domain.Volunteer{}, err
	}
	number, err := open(v, r.IDSealed, idPlace(r.ID))
	if err != nil {
		return domain.Volunteer{}, err
	}
	p := domain.Volunteer{
		ID:              r.ID,
		Number:          r.Number,
		Name:            r.Name,
		State:           domain.VolunteerState(r.State),
		Phone:           domain.Phone(phone),
		IDKind:          domain.IDKind(r.IDKind),
		IDNumber:        number,
		Sex:             r.Sex,
		RegionCode:      r.RegionCode,
		BoardConsent:    r.BoardConsent,
		RankConsent:     r.RankConsent,
		LocationConsent: r.PlaceConsent,
		NationalConsent: r.NationalYes,
		Minor:           r.Minor,
		MergedInto:      r.MergedInto,
		JoinedAt:        r.JoinedAt.UTC(),
		Version:         r.Version,
	}
	if r.AdultOn.Valid {
		p.AdultOn = cityDay(r.AdultOn.V)
	}
	return p, nil
}

// cityDay returns midnight in Hebi of the day that a date column holds.
func cityDay(d time.Time) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, clock.City)
}

// open returns what was sealed, empty when nothing was.
func open(v *vault.Vault, sealed []byte, at vault.Place) (string, error) {
	if sealed == nil {
		return "", nil
	}
	return v.Open(sealed, at)
}

// seal returns a value sealed and its blind index, nil for an empty one.
func seal(v *vault.Vault, value, purpose string, at vault.Place) (sealed, index []byte, err error) {
	if value == "" {
		return nil, nil, nil
	}
	sealed, err = v.Seal(value, at)
	return sealed, v.BlindIndex(purpose, value), err
}

func phonePlace(volunteerID string) vault.Place {
	return vault.Place{Table: "volunteers", Column: "phone_sealed", Row: volunteerID}
}

func idPlace(volunteerID string) vault.Place {
	return vault.Place{Table: "volunteers", Column: "id_sealed", Row: volunteerID}
}

const (
	phonePurpose = "phone"
	idPurpose    = "id_number"
)

// PhoneIndex returns the blind index by which a number is found.
func PhoneIndex(v *vault.Vault, phone domain.Phone) []byte {
	return v.BlindIndex(phonePurpose, string(phone))
}

// IDIndex returns the blind index by which an identity paper is found.
func IDIndex(v *vault.Vault, number string) []byte { return v.BlindIndex(idPurpose, number) }

// FindVolunteer returns a person, or domain.ErrNoVolunteer.
func FindVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM volunteers v
		WHERE v.id = $1`

	return getVolunteer(ctx, q, v, query, id)
}

// LockVolunteer is FindVolunteer and holds the row until the transaction ends.
func LockVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM volunteers v
		WHERE v.id = $1
		FOR NO KEY UPDATE`

	return getVolunteer(ctx, q, v, query, id)
}

func getVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, query, id string) (domain.Volunteer, error) {
	var row volunteerRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	if err != nil {
		return domain.Volunteer{}, fmt.Errorf("find volunteer %s: %w", id, err)
	}
	return row.volunteer(v)
}

// FindVolunteerByPhone returns the id of the person whose number has this
// blind index, or "": whether somebody has a number is an answer, not an error.
func FindVolunteerByPhone(ctx context.Context, q postgres.Querier, phoneIndex []byte) (string, error) {
	const query = `
		SELECT COALESCE((SELECT id::text FROM volunteers WHERE phone_index = $1), '')`

	var id string
	if err := sqlx.GetContext(ctx, q, &id, query, phoneIndex); err != nil {
		return "", fmt.Errorf("find volunteer by phone: %w", err)
	}
	return id, nil
}

// FindVolunteerByNumber returns the id of the person with a volunteer number,
// or domain.ErrNoVolunteer. A record that became part of another, or was
// erased, is nobody's.
func FindVolunteerByNumber(ctx context.Context, q postgres.Querier, number string) (string, error) {
	const query = `
		SELECT id
		FROM volunteers
		WHERE number = $1 AND state IN ('unclaimed', 'active')`

	var id string
	err := sqlx.GetContext(ctx, q, &id, query, number)
	if errors.Is(err, sql.ErrNoRows) {
		return "", domain.ErrNoVolunteer
	}
	if err != nil {
		return "", fmt.Errorf("find volunteer by number: %w", err)
	}
	return id, nil
}

// FindVolunteers returns the people with these ids, in any order; ids that
// nobody has are left out.
func FindVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, ids []string) ([]domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM volunteers v
		WHERE v.id = ANY ($1::uuid[])`

	var rows []volunteerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("find %d volunteers: %w", len(ids), err)
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

// UpdateVolunteer writes back what can change of a person. It returns
// domain.ErrPhoneTaken or domain.ErrIDTaken when somebody else has the number.
func UpdateVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.Volunteer) error {
	const query = `
		UPDATE volunteers
		SET name = $2, initials = $3, grams = $4, state = $5, phone_sealed = $6, phone_index = $7,
			id_kind = $8, id_sealed = $9, id_index = $10, sex = $11, region_code = NULLIF($12, ''),
			board_consent = $13, minor = $14, adult_on = $15::date, merged_into = NULLIF($16, '')::uuid, version = $17,
			rank_consent = $18, location_consent = $19, national_consent = $20
		WHERE id = $1`

	phone, phoneIndex, err := seal(v, string(p.Phone), phonePurpose, phonePlace(p.ID))
	if err != nil {
		return err
	}
	number, numberIndex, err := seal(v, p.IDNumber, idPurpose, idPlace(p.ID))
	if err != nil {
		return err
	}
	initials, grams := pinyin.Initials(p.Name), pinyin.Grams(p.Name)
	if p.State == domain.VolunteerErased { // nobody is found by it
		initials, grams = "", []string{}
	}
	_, err = q.ExecContext(ctx, query, p.ID, p.Name, initials, postgres.Array(grams), p.State,
		phone, phoneIndex, p.IDKind, number, numberIndex, p.Sex, p.RegionCode,
		p.BoardConsent, p.Minor, dateOrNull(p.AdultOn), p.MergedInto, p.Version, p.RankConsent, p.LocationConsent, p.NationalConsent)
	if err != nil {
		return fmt.Errorf("update volunteer %s: %w", p.ID, taken(err))
	}
	return nil
}

// taken turns a broken unique key of people into what a person may read.
func taken(err error) error {
	switch {
	case postgres.Violated(err, "volunteers_phone_index_key"):
		return domain.ErrPhoneTaken
	case postgres.Violated(err, "volunteers_id_index_key"):
		return domain.ErrIDTaken
	case postgres.Violated(err, "staff_grants_last_administrator"):
		return domain.ErrLastAdministrator
	}
	return err
}

// dateOrNull returns the day in Hebi as a date, NULL for a zero time.
func dateOrNull(t time.Time) sql.NullString {
	return sql.NullString{String: t.In(clock.City).Format(time.DateOnly), Valid: !t.IsZero()}
}

// CheckKeys opens one sealed phone, any, so that a service with the wrong key
// file does not start. It returns nil while there is none.
func CheckKeys(ctx context.Context, q postgres.Querier, v *vault.Vault) error {
	const query = `
		SELECT id, phone_sealed
		FROM volunteers
		WHERE phone_sealed IS NOT NULL
		LIMIT 1`

	var row volunteerRow
	err := sqlx.GetContext(ctx, q, &row, query)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find a sealed phone: %w", err)
	}
	_, err = open(v, row.PhoneSealed, phonePlace(row.ID))
	return err
}
