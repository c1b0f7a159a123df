// Package consumer is what the tasks service does about others' events.
package consumer

import (
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTeams keeps what this service must know of brigades and their people.
func FromTeams(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "tasks-from-teams")
	inbox.On(r, a.RememberTeams)
	inbox.On(r, a.RememberMemberships)
	inbox.On(r, a.RememberMerges)
	inbox.On(r, a.RenewKeys)
	inbox.On(r, a.RememberQualifications)
	return r
}
