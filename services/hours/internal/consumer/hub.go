package consumer

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromCity is a hub's consumer of one city's sums. self is the hub's database: a
// new one hears all that the stream has.
func FromCity(h *app.Hub, db *postgres.DB, city, self string) *inbox.Receiver {
	r := inbox.NewReceiver(db, "hub-from-cell-"+city+"-"+self)
	inbox.On(r, func(ctx context.Context, q postgres.Querier, events []hoursv1.TotalsCounted) error {
		return h.LearnTotals(ctx, q, city, events)
	})
	return r
}
