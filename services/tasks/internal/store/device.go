package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockDevices returns those of the phones that are registered, by id, and
// holds their rows: whoever counts up next waits.
func LockDevices(ctx context.Context, q postgres.Querier, ids []string) (map[string]*domain.Device, error) {
	if len(ids) == 0 {
		return map[string]*domain.Device{}, nil
	}
	const query = `
		SELECT id, volunteer_id, public_key, first_seen_at, seen_at, clock_offset_ms, counter
		FROM devices
		WHERE id = ANY ($1::uuid[])
		ORDER BY id
		FOR UPDATE`

	var rows []struct {
		ID          string    `db:"id"`
		VolunteerID string    `db:"volunteer_id"`
		PublicKey   []byte    `db:"public_key"`
		FirstSeenAt time.Time `db:"first_seen_at"`
		SeenAt      time.Time `db:"seen_at"`
		Offset      int64     `db:"clock_offset_ms"`
		Counter     int64     `db:"counter"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("lock %d devices: %w", len(ids), err)
	}
	devices := make(map[string]*domain.Device, len(rows))
	for _, r := range rows {
		devices[r.ID] = &domain.Device{
			ID: r.ID, VolunteerID: r.VolunteerID, PublicKey: r.PublicKey, FirstSeenAt: r.FirstSeenAt.UTC(), SeenAt: r.SeenAt.UTC(),
			ClockOffset: time.Duration(r.Offset) * time.Millisecond, Counter: r.Counter,
		}
	}
	return devices, nil
}

// UpsertDevice keeps a phone, or that one which is known was seen again with
// its clock as it is now. Key, holder and counter of one that is known stay.
func UpsertDevice(ctx context.Context, q postgres.Querier, d domain.Device) error {
	const query = `
		INSERT INTO devices (id, volunteer_id, public_key, first_seen_at, seen_at, clock_offset_ms, counter)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, clock_offset_ms = excluded.clock_offset_ms`

	if _, err := q.ExecContext(ctx, query,
		d.ID, d.VolunteerID, d.PublicKey, d.FirstSeenAt, d.SeenAt, d.ClockOffset.Milliseconds(), d.Counter); err != nil {
		return fmt.Errorf("upsert device %s: %w", d.ID, err)
	}
	return nil
}

// UpdateCounters writes how far phones have counted.
func UpdateCounters(ctx context.Context, q postgres.Querier, counters map[string]int64) error {
	const query = `
		UPDATE devices d
		SET counter = c.counter
		FROM unnest($1::uuid[], $2::bigint[]) AS c (id, counter)
		WHERE d.id = c.id`

	ids := slices.Sorted(maps.Keys(counters))
	if _, err := q.ExecContext(ctx, query, postgres.Array(ids), postgres.Column(ids, func(id string) int64 { return counters[id] })); err != nil {
		return fmt.Errorf("update %d counters: %w", len(ids), err)
	}
	return nil
}
