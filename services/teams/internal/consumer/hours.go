package consumer

import (
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromHours tells people what hours has to tell them.
func FromHours(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "teams-from-hours")
	inbox.On(r, a.TellHoursNotices)
	return r
}
