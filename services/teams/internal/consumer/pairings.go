package consumer

import (
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromPairings tells people what pairings has to tell them.
func FromPairings(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "teams-from-pairings")
	inbox.On(r, a.TellPairingsNotices)
	return r
}
