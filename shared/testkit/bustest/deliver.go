package bustest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
)

// Deliver hands the events to the receiver in one batch, as the bus would, and
// fails the test when they are not applied. Every call makes new events of them.
func Deliver(t testing.TB, r *inbox.Receiver, events ...outbox.Event) {
	t.Helper()
	handle(t, r, deliveries(t, events))
}

// EveryWay proves that a receiver reaches the same state however the bus
// delivers the events: once in order, each twice, repeated as a whole, one by
// one, backwards, and shuffled. For each way fresh returns a receiver on an empty database
// and a function that reads the state to be compared; leave ids and times that
// are made on the way out of it.
func EveryWay(t *testing.T, fresh func(t testing.TB) (r *inbox.Receiver, state func() any), events ...outbox.Event) {
	t.Helper()
	all := deliveries(t, events)
	run := func(t testing.TB, batches ...[]bus.Delivery) any {
		r, state := fresh(t)
		for _, batch := range batches {
			handle(t, r, batch)
		}
		return state()
	}
	want := run(t, all)

	reversed := slices.Clone(all)
	slices.Reverse(reversed)
	var twice []bus.Delivery
	for _, d := range all {
		twice = append(twice, d, d)
	}
	ways := map[string][][]bus.Delivery{
		"each event twice":          {twice},
		"all events a second time":  {all, all},
		"one by one":                singly(all),
		"one by one, each twice":    singly(twice),
		"backwards":                 {reversed},
		"backwards, one by one":     singly(reversed),
		"shuffled with repetitions": singly(shuffled(twice, 1)),
		"shuffled in one batch":     {shuffled(twice, 2)},
		"shuffled again":            singly(shuffled(twice, 3)),
	}
	for name, batches := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, run(t, batches...)); diff != "" {
				t.Errorf("state differs from that of one delivery in order (-in order +%s):\n%s", name, diff)
			}
		})
	}
}

func handle(t testing.TB, r *inbox.Receiver, batch []bus.Delivery) {
	t.Helper()
	if err := r.Subscription("").Handle(t.Context(), batch); err != nil {
		t.Fatalf("handle %d events: %v", len(batch), err)
	}
}

func deliveries(t testing.TB, events []outbox.Event) []bus.Delivery {
	t.Helper()
	all := make([]bus.Delivery, len(events))
	for i, e := range events {
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatalf("encode %s: %v", e.Subject(), err)
		}
		body = ofNewerRelease(body)
		all[i] = bus.Delivery{
			ID: id.New(), Subject: e.Subject(), OccurredAt: time.Now().UTC(), Data: body,
			Sequence: uint64(i + 1), Attempt: 1,
		}
	}
	return all
}

// ofNewerRelease adds to an event's body what this release knows nothing of: no listener may stumble over it,
// because while a city is upgraded the next release tells its events to this one.
func ofNewerRelease(body []byte) []byte {
	const more = `"of_a_newer_release":{"list":[1,"two",null]}}`
	if body[len(body)-2] == '{' {
		return []byte("{" + more)
	}
	return append(body[:len(body)-1], ","+more...)
}

func singly(all []bus.Delivery) (batches [][]bus.Delivery) {
	for _, d := range all {
		batches = append(batches, []bus.Delivery{d})
	}
	return batches
}

// shuffled returns another order, the same for the same seed.
func shuffled(all []bus.Delivery, seed uint64) []bus.Delivery {
	mixed := slices.Clone(all)
	rand.New(rand.NewPCG(seed, seed)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}
