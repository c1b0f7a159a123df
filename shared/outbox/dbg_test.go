package outbox_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestDbg(t *testing.T) {
	db := givenDB(t)
	asOwner(t, db,
		`CREATE TABLE things (name text PRIMARY KEY, version bigint NOT NULL)`,
		`INSERT INTO things SELECT 'thing' || i, 0 FROM generate_series(0, 7) i`,
		`GRANT SELECT, UPDATE ON things TO tasks`)
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(w)))
			for range 100 {
				change(t.Context(), db, random)
			}
		})
	}
	wg.Wait()
	var a, b, c int
	read(t, db, func(ctx context.Context, q postgres.Querier) error {
		return q.QueryRowxContext(ctx, `select count(*) filter (where aggregate_version < p), count(*) filter (where id < pid), count(*) from (
		select aggregate_version, lag(aggregate_version) over (partition by aggregate order by tx,id) p, id,  lag(id) over (partition by aggregate order by aggregate_version) pid from outbox) x`).Scan(&a, &b, &c)
	})
	t.Log(a, b, c)
}
