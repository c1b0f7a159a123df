package consumer

import (
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTasks learns which programme contacts count for.
func FromTasks(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "pairings-from-tasks")
	inbox.On(r, a.LearnProgrammes)
	return r
}
