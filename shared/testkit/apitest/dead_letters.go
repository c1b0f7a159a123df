package apitest

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// DeadLetters are examples of the two operations that every service has whose
// database is db, on behalf of an administrator of the city.
func DeadLetters(db *pgtest.DB) map[string]Operation {
	city := auth.Principal{VolunteerID: id.New(), Strong: true, Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}
	return map[string]Operation{
		"listDeadLetters": {Good: func(testing.TB) Request { return Request{As: city} }},
		"redriveDeadLetters": {
			Good: func(t testing.TB) Request {
				t.Helper()
				letterID := id.New()
				const bury = `
					INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts, cause)
					VALUES ($1, 'here-from-there', $2, 'there.v1.thing.done', '{', now(), 'unexpected end of JSON input', 6, 'unreadable')`
				if _, err := db.Owner(t).ExecContext(t.Context(), bury, letterID, id.New()); err != nil {
					t.Fatal(err)
				}
				return Request{As: city, Body: map[string]any{"letter_ids": []any{letterID}}}
			},
			Foreign: map[string]string{"letter_ids[0]": ""},
		},
	}
}
