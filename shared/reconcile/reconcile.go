// Package reconcile finds events that were told and never arrived, and tells
// them again.
//
// JetStream may lose what it has acknowledged and not say so: a bit rots, a
// file is cut off, somebody restores an old disk. The relay notices when the
// stream is gone or has become shorter; a hole in its middle, or a consumer that
// believes to have seen what it has not, nobody notices. So both ends are
// compared: the outbox, which is the truth, and the consumer's inbox. What is
// in the one, behind the relay's cursor, and not in the other is a gap, named by
// aggregate and versions, and closed by telling those events again; who has
// some of them after all drops them.
//
// It reads the databases of two services, which no service may; it is for who
// operates them both.
package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Way is how events get from one service to another.
type Way struct {
	From     *postgres.DB // whose outbox it is
	Stream   string
	To       *postgres.DB // whose inbox it is
	Consumer string       // the durable name
	Subjects []string     // what it listens to; none: everything
}

// Gap is what the consumer lacks of one aggregate.
type Gap struct {
	Aggregate   string
	First, Last int64 // versions
	Events      []string
}

func (g Gap) String() string {
	return fmt.Sprintf("%s: %d events between versions %d and %d", g.Aggregate, len(g.Events), g.First, g.Last)
}

// page is how many events are compared at a time.
const page = 5000

// Gaps returns what was stored between the two times, told, and did not arrive,
// in the order in which it was told. Leave out the last minute, which may be on
// its way, and what is older than inboxes are kept (upkeep).
func (w Way) Gaps(ctx context.Context, from, until time.Time) ([]Gap, error) {
	var gaps []Gap
	at := map[string]int{} // aggregate's place in gaps
	for after := (*outbox.Told)(nil); ; {
		told, missing, err := w.compare(ctx, from, until, after)
		if err != nil || len(told) == 0 {
			return gaps, err
		}
		for _, e := range told {
			if !missing[e.EventID] {
				continue
			}
			i, known := at[e.Aggregate]
			if !known {
				i = len(gaps)
				at[e.Aggregate] = i
				gaps = append(gaps, Gap{Aggregate: e.Aggregate, First: e.Version, Last: e.Version})
			}
			g := &gaps[i]
			g.First, g.Last = min(g.First, e.Version), max(g.Last, e.Version)
			g.Events = append(g.Events, e.EventID)
		}
		after = &told[len(told)-1]
	}
}

func (w Way) compare(ctx context.Context, from, until time.Time, after *outbox.Told) (told []outbox.Told, missing map[string]bool, err error) {
	err = w.From.Read(ctx, func(q postgres.Querier) error {
		told, err = outbox.ListTold(ctx, q, w.Stream, w.Subjects, from, until, after, page)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(told))
	for i, e := range told {
		ids[i] = e.EventID
	}
	missing = map[string]bool{}
	err = w.To.Read(ctx, func(q postgres.Querier) error {
		lacking, err := inbox.Missing(ctx, q, w.Consumer, ids)
		for _, e := range lacking {
			missing[e] = true
		}
		return err
	})
	return told, missing, err
}

// Close tells the events of the gaps again, and returns how many. That they
// have arrived is seen by asking for gaps once more.
func (w Way) Close(ctx context.Context, b *bus.Bus, gaps []Gap) (int, error) {
	n := 0
	for _, g := range gaps {
		told, err := outbox.TellAgain(ctx, w.From, b, w.Stream, g.Events)
		n += told
		if err != nil {
			return n, fmt.Errorf("close gap of %s: %w", g.Aggregate, err)
		}
	}
	return n, nil
}
