package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const contactColumns = `c.id, c.pairing_id, c.volunteer_id, c.kind, c.made, c.held_at, c.minutes, c.attention, c.sealed, c.body_index, c.recorded_at,
			c.state, c.decided_by, c.decided_at, c.reason, c.reference, c.counted, c.counted_why`

type contactRow struct {
	ID          string              `db:"id"`
	PairingID   string              `db:"pairing_id"`
	VolunteerID string              `db:"volunteer_id"`
	Kind        domain.ContactKind  `db:"kind"`
	Made        bool                `db:"made"`
	HeldAt      time.Time           `db:"held_at"`
	Minutes     int                 `db:"minutes"`
	Attention   bool                `db:"attention"`
	Sealed      []byte              `db:"sealed"`
	BodyIndex   []byte              `db:"body_index"`
	RecordedAt  time.Time           `db:"recorded_at"`
	State       domain.ContactState `db:"state"`
	DecidedBy   sql.Null[string]    `db:"decided_by"`
	DecidedAt   sql.Null[time.Time] `db:"decided_at"`
	Reason      sql.Null[string]    `db:"reason"`
	Reference   sql.Null[string]    `db:"reference"`
	Counted     sql.Null[int]       `db:"counted"`
	CountedWhy  sql.Null[string]    `db:"counted_why"`
}

func (r contactRow) contact() domain.Contact {
	return domain.Contact{
		ID: r.ID, PairingID: r.PairingID, VolunteerID: r.VolunteerID, Kind: r.Kind, Made: r.Made, At: r.HeldAt.UTC(), Minutes: r.Minutes, Attention: r.Attention,
		Sealed: r.Sealed, BodyIndex: r.BodyIndex, RecordedAt: r.RecordedAt.UTC(), State: r.State, DecidedBy: r.DecidedBy.V, DecidedAt: instant(r.DecidedAt),
		Reason: r.Reason.V, Reference: r.Reference.V, Counted: r.Counted.V, CountedWhy: r.CountedWhy.V,
	}
}

// InsertContact keeps a contact. It returns domain.ErrContactConflict for an id that is
// another's, and domain.ErrContactOver where the pairing was not under way.
func InsertContact(ctx context.Context, q postgres.Querier, c domain.Contact) error {
	const query = `
		INSERT INTO contacts (id, pairing_id, volunteer_id, kind, made, held_at, minutes, attention, sealed, body_index, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

	_, err := q.ExecContext(ctx, query, c.ID, c.PairingID, c.VolunteerID, c.Kind, c.Made, c.At, c.Minutes, c.Attention, c.Sealed, c.BodyIndex, c.RecordedAt)
	switch {
	case postgres.Violated(err, "contacts_pkey"):
		return domain.ErrContactConflict
	case postgres.Violated(err, "contacts_pairing_check"):
		return domain.ErrContactOver
	case err != nil:
		return fmt.Errorf("keep a contact: %w", err)
	}
	return nil
}

// UpdateContactDecision writes what was decided. It returns domain.ErrContactOwn when
// the decider is who was there.
func UpdateContactDecision(ctx context.Context, q postgres.Querier, c domain.Contact) error {
	const query = `
		UPDATE contacts
		SET state = $2, decided_by = $3, decided_at = $4, reason = $5, reference = $6, counted = $7, counted_why = $8
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.State, c.DecidedBy, c.DecidedAt, nullable(c.Reason), nullable(c.Reference), nullable(c.Counted), nullable(c.CountedWhy))
	if postgres.Violated(err, "contacts_persons_check") {
		return domain.ErrContactOwn
	}
	if err != nil {
		return fmt.Errorf("decide about a contact: %w", err)
	}
	return nil
}

// FindContact returns a contact, or domain.ErrNoContact. What is sealed stays so.
func FindContact(ctx context.Context, q postgres.Querier, contactID string) (domain.Contact, error) {
	const query = `
		SELECT ` + contactColumns + `
		FROM contacts c
		WHERE c.id = $1`
	return findContact(ctx, q, query, contactID)
}

// LockContact is FindContact for an update.
func LockContact(ctx context.Context, q postgres.Querier, contactID string) (domain.Contact, error) {
	const query = `
		SELECT ` + contactColumns + `
		FROM contacts c
		WHERE c.id = $1
		FOR UPDATE`
	return findContact(ctx, q, query, contactID)
}

func findContact(ctx context.Context, q postgres.Querier, query, contactID string) (domain.Contact, error) {
	var row contactRow
	err := sqlx.GetContext(ctx, q, &row, query, contactID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Contact{}, domain.ErrNoContact
	}
	if err != nil {
		return domain.Contact{}, fmt.Errorf("find a contact: %w", err)
	}
	return row.contact(), nil
}

// ListContacts returns the contacts of pairings, newest first, so many at most.
func ListContacts(ctx context.Context, q postgres.Querier, pairingIDs []string, limit int) ([]domain.Contact, error) {
	const query = `
		SELECT ` + contactColumns + `
		FROM contacts c
		WHERE c.pairing_id = ANY ($1::uuid[])
		ORDER BY c.held_at DESC, c.id DESC
		LIMIT $2`
	return listContacts(ctx, q, query, postgres.Array(pairingIDs), limit)
}

// ListContactsToDecide returns what waits for a person who supervises pairings or stands
// in, the oldest first.
func ListContactsToDecide(ctx context.Context, q postgres.Querier, volunteerID string, limit int) ([]domain.Contact, error) {
	const query = postgres.Anew + `
		SELECT ` + contactColumns + `
		FROM contacts c JOIN pairings p ON p.id = c.pairing_id
		WHERE c.state = 'open' AND person_of($1) IN (person_of(p.supervisor_id), person_of(p.deputy_id)) AND person_of(c.volunteer_id) <> person_of($1)
		ORDER BY c.held_at, c.id
		LIMIT $2`
	return listContacts(ctx, q, query, volunteerID, limit)
}

func listContacts(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Contact, error) {
	var rows []contactRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	contacts := make([]domain.Contact, len(rows))
	for i, r := range rows {
		contacts[i] = r.contact()
	}
	return contacts, nil
}

// ListMade returns when contacts of a pairing were made, those that were refused left out.
func ListMade(ctx context.Context, q postgres.Querier, pairingID string) ([]domain.Made, error) {
	const query = `
		SELECT kind, max(held_at) AS at
		FROM contacts
		WHERE pairing_id = $1 AND made AND state <> 'refused'
		GROUP BY kind`

	var made []domain.Made
	if err := sqlx.SelectContext(ctx, q, &made, query, pairingID); err != nil {
		return nil, fmt.Errorf("list what was made: %w", err)
	}
	return made, nil
}

// Supervises reports whether a person supervises a pairing, or stands in.
func Supervises(ctx context.Context, q postgres.Querier, pairingID, volunteerID string) (yes bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM pairings WHERE id = $1 AND person_of($2) IN (person_of(supervisor_id), person_of(deputy_id)))`

	if err := sqlx.GetContext(ctx, q, &yes, query, pairingID, volunteerID); err != nil {
		return false, fmt.Errorf("ask who supervises a pairing: %w", err)
	}
	return yes, nil
}

// PairingRegionNames returns what the regions of pairings are called, by the pairings' ids.
func PairingRegionNames(ctx context.Context, q postgres.Querier, pairingIDs []string) (map[string]string, error) {
	const query = `
		SELECT p.id, r.name
		FROM pairings p JOIN known_regions r ON r.path = p.region_path
		WHERE p.id = ANY ($1::uuid[])`

	var rows []struct{ ID, Name string }
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(pairingIDs)); err != nil {
		return nil, fmt.Errorf("name the regions of pairings: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
