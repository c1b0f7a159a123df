package consumer

import (
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromPairings credits hours for confirmed visits and calls, by references that do
// not say whom they were for.
func FromPairings(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "hours-from-pairings")
	inbox.On(r, a.CreditContacts)
	return r
}
