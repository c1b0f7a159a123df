package apitest

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// racers is how many ask for one thing at once.
func racers() int {
	if long() {
		return 50
	}
	return 8
}

// race sends one good request many times at once. What a service does once when it is asked
// twice, one after the other, it must do once then too: who looks first and acts then, without
// a lock or a constraint between, does it as often as it is asked (ASVS 5.0, 2.3.4 and 15.4.2).
func (x *examiner) race(t testing.TB, op operation) {
	t.Helper()
	if op.safe {
		return
	}
	refuses, once := x.twice(t, op)
	if once == nil {
		return // each time is its own
	}
	x.warm(t)
	good := x.good(t, op)
	before := x.counts(t)
	done := 0
	for _, a := range x.atOnce(t, op, good) {
		if err := x.judge(a, "zh"); err != nil {
			t.Errorf("%d at once: %v", racers(), err)
		}
		if a.status < 300 {
			done++
		}
	}
	if done == 0 || refuses && done > 1 {
		t.Errorf("asked %d times at once, it was done %d times; one after the other, once", racers(), done)
	}
	added := since(before, x.counts(t))
	// Other rows may belong to another good request: it is looked at again before it is told.
	for range 3 {
		if maps.Equal(added, once) {
			return
		}
		if _, again := x.twice(t, op); again != nil {
			once = again
		}
	}
	t.Errorf("asked %d times at once, there are other rows than after once:\nat once %v\nonce    %v", racers(), added, once)
}

// twice asks twice, one after the other. It returns whether the second was refused, and what
// rows the first made; none when the second has done something too.
func (x *examiner) twice(t testing.TB, op operation) (refuses bool, once map[string]int) {
	t.Helper()
	good := x.good(t, op)
	before := x.counts(t)
	first := x.must(t, op, good)
	after, held := x.counts(t), x.rows(t)
	if first.status == http.StatusTooManyRequests { // it is limited: there is nothing to race for
		return true, nil
	}
	if first.status >= 300 {
		t.Fatalf("a good request: %d %s", first.status, first.body)
	}
	second := x.must(t, op, good)
	if second.status < 300 && x.rows(t) != held {
		return false, nil
	}
	return second.status >= 300, since(before, after)
}

func (x *examiner) must(t testing.TB, op operation, f form) answer {
	t.Helper()
	a, err := x.send(op, f, "zh")
	if err == nil {
		err = x.judge(a, "zh")
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (x *examiner) atOnce(t testing.TB, op operation, f form) []answer {
	t.Helper()
	var (
		start   = make(chan struct{})
		all     sync.WaitGroup
		answers = make([]answer, racers())
		faults  = make([]error, racers())
	)
	for i := range answers {
		own := f.with(func(*form) {})
		all.Go(func() {
			<-start
			answers[i], faults[i] = x.send(op, own, "zh")
		})
	}
	close(start)
	all.Wait()
	for _, err := range faults {
		if err != nil {
			t.Fatal(err)
		}
	}
	return answers
}

// warm opens as many connections as there will be racers: who must open one first comes too late.
func (x *examiner) warm(t testing.TB) {
	t.Helper()
	var all sync.WaitGroup
	for range racers() {
		all.Go(func() {
			err := x.DB.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), `SELECT pg_sleep(0.005)`)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// counts is how many rows each table has.
func (x *examiner) counts(t testing.TB) map[string]int {
	t.Helper()
	x.rows(t)
	counts := map[string]int{}
	for name, held := range x.held.held {
		rows, _, _ := strings.Cut(held, " ")
		n, err := strconv.Atoi(rows)
		if err != nil {
			t.Fatal(err)
		}
		counts[name] = n
	}
	return counts
}

// since is how many rows came, or went, by table.
func since(before, after map[string]int) map[string]int {
	more := map[string]int{}
	for name, n := range after {
		if n != before[name] {
			more[name] = n - before[name]
		}
	}
	return more
}
