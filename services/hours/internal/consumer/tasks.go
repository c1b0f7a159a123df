// Package consumer turns other services' events into requests to app.
package consumer

import (
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTasks credits hours for confirmed attendances, asks about those of which a
// thing to verify was upheld, and learns what programmes are called and which
// activities were held.
func FromTasks(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "hours-from-tasks")
	inbox.On(r, a.LearnProgrammes)
	inbox.On(r, a.CreditHours)
	inbox.On(r, a.AskAboutAnomalies)
	inbox.On(r, a.LearnActivities)
	return r
}
