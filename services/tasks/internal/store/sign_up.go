package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type signUpRow struct {
	ID          string              `db:"id"`
	ShiftID     string              `db:"shift_id"`
	VolunteerID string              `db:"volunteer_id"`
	State       string              `db:"state"`
	SignedUpAt  time.Time           `db:"signed_up_at"`
	WithdrawnAt sql.Null[time.Time] `db:"withdrawn_at"`
	Reason      string              `db:"reason"`
	OfferedAt   sql.Null[time.Time] `db:"offered_at"`
	OfferEndsAt sql.Null[time.Time] `db:"offer_ends_at"`
	Held        bool                `db:"held"`
	EnteredBy   sql.Null[string]    `db:"entered_by"`
	Day         sql.Null[time.Time] `db:"reminded_day"`
	Soon        sql.Null[time.Time] `db:"reminded_soon"`
	Coming      sql.Null[time.Time] `db:"coming"`
	Late        bool                `db:"late"`
	Version     int64               `db:"version"`
}

const signUpColumns = `id, shift_id, volunteer_id, state, signed_up_at, withdrawn_at, reason, offered_at, offer_ends_at, held, entered_by,
	reminded_day, reminded_soon, coming, late, version`

func (r signUpRow) signUp() domain.SignUp {
	return domain.SignUp{
		ID: r.ID, ShiftID: r.ShiftID, VolunteerID: r.VolunteerID, State: domain.SignUpState(r.State),
		SignedUpAt: r.SignedUpAt.UTC(), WithdrawnAt: utc(r.WithdrawnAt), Reason: r.Reason,
		OfferedAt: utc(r.OfferedAt), OfferEndsAt: utc(r.OfferEndsAt), Held: r.Held, EnteredBy: r.EnteredBy.V,
		RemindedDay: utc(r.Day), RemindedSoon: utc(r.Soon), Coming: utc(r.Coming), Late: r.Late, Version: r.Version,
	}
}

// FindSignUp returns a sign-up, or domain.ErrNoSuchSignUp.
func FindSignUp(ctx context.Context, q postgres.Querier, id string) (domain.SignUp, error) {
	const query = `SELECT ` + signUpColumns + ` FROM sign_ups WHERE id = $1`

	var row signUpRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.SignUp{}, domain.ErrNoSuchSignUp
	}
	if err != nil {
		return domain.SignUp{}, fmt.Errorf("find sign-up %s: %w", id, err)
	}
	return row.signUp(), nil
}

// Seat names one person at one shift.
type Seat struct{ ShiftID, VolunteerID string }

const theseSignUps = `
	SELECT ` + signUpColumns + `
	FROM sign_ups
	WHERE (shift_id, volunteer_id) IN (SELECT shift_id, volunteer_id FROM unnest($1::uuid[], $2::uuid[]) AS s (shift_id, volunteer_id))
	ORDER BY id`

// ListSignUps returns the sign-ups of these people at these shifts. Whoever
// has none is absent from the answer.
func ListSignUps(ctx context.Context, q postgres.Querier, seats []Seat) (map[Seat]domain.SignUp, error) {
	return manySignUps(ctx, q, theseSignUps, seats)
}

// LockSignUps is ListSignUps and holds their rows until the transaction ends,
// in the order of their ids, so that two writers never wait for each other in
// a circle.
func LockSignUps(ctx context.Context, q postgres.Querier, seats []Seat) (map[Seat]domain.SignUp, error) {
	return manySignUps(ctx, q, theseSignUps+` FOR UPDATE`, seats)
}

func manySignUps(ctx context.Context, q postgres.Querier, query string, seats []Seat) (map[Seat]domain.SignUp, error) {
	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query,
		postgres.Column(seats, func(s Seat) string { return s.ShiftID }),
		postgres.Column(seats, func(s Seat) string { return s.VolunteerID })); err != nil {
		return nil, fmt.Errorf("list sign-ups: %w", err)
	}
	found := make(map[Seat]domain.SignUp, len(rows))
	for _, r := range rows {
		found[Seat{r.ShiftID, r.VolunteerID}] = r.signUp()
	}
	return found, nil
}

// UpsertSignUps writes sign-ups, new or changed, in one statement.
func UpsertSignUps(ctx context.Context, q postgres.Querier, signUps ...domain.SignUp) error {
	const query = `
		INSERT INTO sign_ups (` + signUpColumns + `)
		SELECT ` + signUpColumns + `
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[],
			$8::timestamptz[], $9::timestamptz[], $10::boolean[], $11::uuid[],
			$12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::boolean[], $16::bigint[]) AS u (` + signUpColumns + `)
		ON CONFLICT (id) DO UPDATE
		SET state = excluded.state, signed_up_at = excluded.signed_up_at, withdrawn_at = excluded.withdrawn_at, reason = excluded.reason,
			offered_at = excluded.offered_at, offer_ends_at = excluded.offer_ends_at, held = excluded.held, entered_by = excluded.entered_by,
			reminded_day = excluded.reminded_day, reminded_soon = excluded.reminded_soon, coming = excluded.coming, late = excluded.late, version = excluded.version`

	type u = domain.SignUp
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(signUps, func(x u) string { return x.ID }),
		postgres.Column(signUps, func(x u) string { return x.ShiftID }),
		postgres.Column(signUps, func(x u) string { return x.VolunteerID }),
		postgres.Column(signUps, func(x u) string { return string(x.State) }),
		postgres.Column(signUps, func(x u) time.Time { return x.SignedUpAt }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.WithdrawnAt) }),
		postgres.Column(signUps, func(x u) string { return x.Reason }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.OfferedAt) }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.OfferEndsAt) }),
		postgres.Column(signUps, func(x u) bool { return x.Held }),
		postgres.Column(signUps, func(x u) sql.Null[string] { return nullText(x.EnteredBy) }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.RemindedDay) }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.RemindedSoon) }),
		postgres.Column(signUps, func(x u) sql.Null[time.Time] { return nullTime(x.Coming) }),
		postgres.Column(signUps, func(x u) bool { return x.Late }),
		postgres.Column(signUps, func(x u) int64 { return x.Version })); err != nil {
		return fmt.Errorf("upsert %d sign-ups: %w", len(signUps), err)
	}
	return nil
}

// FindClash returns the title and start of another shift at the same time for
// which the person is signed up; found is false when there is none.
func FindClash(ctx context.Context, q postgres.Querier, person domain.Person, s domain.Shift) (title string, startsAt time.Time, found bool, err error) {
	const query = `
		SELECT t.title, o.starts_at
		FROM sign_ups u
		JOIN shifts o ON o.id = u.shift_id
		JOIN tasks t ON t.id = o.task_id
		WHERE u.volunteer_id = ANY ($1::uuid[]) AND u.state = 'confirmed' AND o.id <> $2 AND o.state <> 'cancelled' AND o.open_from IS NULL AND o.starts_at < $4 AND o.ends_at > $3
		ORDER BY o.starts_at
		LIMIT 1`

	if s.Flexible() { // it can be done at another time
		return "", time.Time{}, false, nil
	}
	var row struct {
		Title    string    `db:"title"`
		StartsAt time.Time `db:"starts_at"`
	}
	err = sqlx.GetContext(ctx, q, &row, query, postgres.Array(person.IDs()), s.ID, s.StartsAt, s.EndsAt)
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, false, nil
	}
	if err != nil {
		return "", time.Time{}, false, fmt.Errorf("find clashing shift: %w", err)
	}
	return row.Title, row.StartsAt, true, nil
}

// LockPerson makes the sign-ups of one volunteer follow each other, so that
// two at the same moment cannot both find no clash.
func LockPerson(ctx context.Context, q postgres.Querier, volunteerID string) error {
	if _, err := q.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, volunteerID); err != nil {
		return fmt.Errorf("lock volunteer %s: %w", volunteerID, err)
	}
	return nil
}

// LockPersons is LockPerson for several, always in the same order.
func LockPersons(ctx context.Context, q postgres.Querier, volunteerIDs []string) error {
	for _, volunteerID := range slices.Compact(slices.Sorted(slices.Values(volunteerIDs))) {
		if err := LockPerson(ctx, q, volunteerID); err != nil {
			return err
		}
	}
	return nil
}

// CopySignUps adds many sign-ups at once and returns how many.
func CopySignUps(ctx context.Context, q postgres.Querier, signUps iter.Seq[domain.SignUp]) (int64, error) {
	return copyRows(ctx, q, "sign_ups", signUpColumns, signUps, func(u domain.SignUp) []any {
		return []any{
			u.ID, u.ShiftID, u.VolunteerID, string(u.State), u.SignedUpAt, nullTime(u.WithdrawnAt), u.Reason, nullTime(u.OfferedAt), nullTime(u.OfferEndsAt), u.Held, nullText(u.EnteredBy),
			nullTime(u.RemindedDay), nullTime(u.RemindedSoon), nullTime(u.Coming), u.Late, u.Version,
		}
	})
}
