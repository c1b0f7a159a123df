package consumer

import (
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromHours keeps which attendances' hours were corrected.
func FromHours(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "tasks-from-hours")
	inbox.On(r, a.RememberCorrections)
	return r
}
