// Package consumer turns other services' events into requests to app.
package consumer

import (
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTasks tells people of new tasks of their brigades, of their confirmed
// hours, and of whatever else tasks has to tell them; and keeps what they have
// from classes.
func FromTasks(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "teams-from-tasks")
	inbox.On(r, a.TellOfTasks)
	inbox.On(r, a.TellOfHours)
	inbox.On(r, a.TellNotices)
	inbox.On(r, a.HearOfClasses)
	return r
}
