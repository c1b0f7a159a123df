package app_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Ten thousand keys are wrapped anew while records are read and made: no request
// fails, and the old key can be dropped afterwards.
func TestRewrapKeys(t *testing.T) {
	t.Parallel()
	const keys = 10_000
	w := newTown(t)
	first, erased, mine := w.child(), w.child(), officer("child_care", countyPath)
	for _, childID := range []string{first, erased} {
		w.must(w.TakeChild(w.as(mine), childID))
	}
	w.inTx(func(q postgres.Querier) error {
		for range keys {
			subject := id.New()
			_, wrapped, err := w.vault.NewDataKey(1, vault.Place{Table: "data_keys", Column: "wrapped", Row: subject})
			w.must(err)
			w.must(store.InsertKey(t.Context(), q, domain.KindChild, store.WrappedKey{SubjectID: subject, Version: 1, Wrapped: wrapped}, w.clock.Now()))
		}
		_, err := store.DestroyKey(t.Context(), q, erased, mine.VolunteerID, "监护人要求删除", w.clock.Now())
		return err
	})
	owner, err := postgres.Open(t.Context(), w.db.OwnerURL, 1)
	w.must(err)
	defer func() { _ = owner.Close() }()
	w.must(vault.AddKey(w.keyFile))
	w.must(vault.PromoteKey(w.keyFile))
	fresh, err := vault.Load(w.keyFile)
	w.must(err)

	ctx, stop := context.WithCancel(t.Context())
	var requests atomic.Int64
	var load sync.WaitGroup
	for range 2 {
		load.Go(func() {
			for ctx.Err() == nil {
				if _, err := w.OpenChild(w.as(mine), first); err != nil {
					t.Errorf("reading during the rotation: %v", err)
				}
				requests.Add(1)
			}
		})
	}
	began := time.Now()
	n, err := app.RewrapKeys(t.Context(), owner, fresh)
	took := time.Since(began)
	w.must(err)
	stop()
	load.Wait()
	t.Logf("%d keys wrapped anew in %s beside %d readings", n, took.Round(time.Millisecond), requests.Load())
	if n != keys+1 {
		t.Errorf("%d keys were wrapped anew", n)
	}
	if took > wait.Allowed(time.Minute) {
		t.Errorf("it took %s", took)
	}
	w.must(vault.DropKeys(w.keyFile))
	_, err = w.OpenChild(w.as(mine), first)
	w.must(err)
	if _, err := w.OpenChild(w.as(mine), erased); !errors.Is(err, domain.ErrErased) {
		t.Errorf("an erased child: %v", err)
	}
}
