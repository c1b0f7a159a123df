package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// TestGaps is the reason for this package. 16 writers commit side by side,
// some of them slowly, some not at all, while the relay reads. Beside it runs
// the usual "id > the last one" as a control: the test is worth something only
// if that one loses events.
func TestGaps(t *testing.T) {
	t.Parallel()
	const writers, each = 16, 1280
	db, b := givenDB(t), connect(t, bustest.Start(t))
	run(t, db, b)
	book := listen(t, b)
	asOwner(t, db,
		`CREATE TABLE things (name text PRIMARY KEY, version bigint NOT NULL)`,
		`INSERT INTO things SELECT 'thing' || i, 0 FROM generate_series(0, 7) i`,
		`GRANT SELECT, UPDATE ON things TO tasks`)

	control := follow(t, db)
	var committed, undone sync.Map // of done
	var wg sync.WaitGroup
	var commits, rollbacks atomic.Int64
	begun := time.Now()
	for w := range writers {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(w)))
			for range each {
				e, err := change(t.Context(), db, random)
				switch {
				case err == nil:
					committed.Store(e, true)
					commits.Add(1)
				case errors.Is(err, errUndone):
					rollbacks.Add(1)
				default:
					undone.Store(e, true)
					t.Errorf("change: %v", err)
				}
			}
		})
	}
	wg.Wait()
	t.Logf("%d commits and %d rollbacks in %s", commits.Load(), rollbacks.Load(), time.Since(begun))

	wait.Until(t, "every committed event", func() bool { return book.count() >= int(commits.Load()) })
	lost, inverted := 0, 0
	told := map[done]bool{}
	newest := map[string]int64{}
	for _, e := range book.got {
		told[e] = true
		if e.Version != newest[e.Thing]+1 {
			inverted++
		}
		newest[e.Thing] = e.Version
		if _, ok := committed.Load(e); !ok {
			t.Errorf("%v was told and not committed", e)
		}
	}
	committed.Range(func(e, _ any) bool {
		if !told[e.(done)] {
			lost++
		}
		return true
	})
	if lost != 0 || inverted != 0 || book.count() != int(commits.Load()) {
		t.Errorf("lost %d, inverted %d, told %d of %d", lost, inverted, book.count(), commits.Load())
	}
	chaos.Promise(t, "C1", "no committed event is passed over, however late its transaction ends",
		"%d commits of %d writers, %d rolled back: %d lost, %d out of order", commits.Load(), writers, rollbacks.Load(), lost, inverted)
	naive := control()
	chaos.Promise(t, "C1", "control: reading by id alone", "%d of %d lost", commits.Load()-naive, commits.Load())
	if naive >= commits.Load() {
		t.Error("the control lost nothing: this test proves nothing")
	}
}

var errUndone = fmt.Errorf("rolled back on purpose")

// change changes one thing and tells of it. One transaction in ten is slow to
// commit, one in fifty is rolled back.
func change(ctx context.Context, db *pgtest.DB, random *rand.Rand) (e done, err error) {
	slow, undo := random.IntN(10) == 0, random.IntN(50) == 0
	e.Thing = fmt.Sprintf("thing%d", random.IntN(8))
	err = db.InTx(ctx, func(q postgres.Querier) error {
		if err := sqlx.GetContext(ctx, q, &e.Version, `SELECT version + 1 FROM things WHERE name = $1 FOR UPDATE`, e.Thing); err != nil {
			return err
		}
		if _, err := q.ExecContext(ctx, `UPDATE things SET version = $2 WHERE name = $1`, e.Thing, e.Version); err != nil {
			return err
		}
		if err := outbox.Append(ctx, q, time.Now(), e); err != nil {
			return err
		}
		if slow {
			if _, err := q.ExecContext(ctx, `SELECT pg_sleep($1)`, 0.008*random.Float64()); err != nil {
				return err
			}
		}
		if undo {
			return errUndone
		}
		return nil
	})
	return e, err
}

// follow reads the outbox as most outboxes are read, by id alone, until the
// returned function is called. That returns how many events it saw.
func follow(t testing.TB, db *pgtest.DB) (stop func() int64) {
	t.Helper()
	var last, seen int64
	poll := func(ctx context.Context) (int, error) {
		var ids []int64
		err := db.Read(ctx, func(q postgres.Querier) error {
			return sqlx.SelectContext(ctx, q, &ids, `SELECT id FROM outbox WHERE id > $1 ORDER BY id LIMIT 500`, last)
		})
		if len(ids) > 0 {
			last = ids[len(ids)-1]
		}
		seen += int64(len(ids))
		return len(ids), err
	}
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil {
			if _, err := poll(context.WithoutCancel(ctx)); err != nil {
				t.Errorf("control: %v", err)
				return
			}
			<-tick.C
		}
	}()
	return func() int64 {
		cancel()
		<-stopped
		for n := 1; n > 0; {
			var err error
			if n, err = poll(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		return seen
	}
}
