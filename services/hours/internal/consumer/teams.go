package consumer

import (
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTeams learns what regions, teams and offices are called, who leads or is an
// officer, which records of people became one, and who had themself erased.
func FromTeams(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "hours-from-teams")
	inbox.On(r, a.LearnRegions)
	inbox.On(r, a.LearnTeams)
	inbox.On(r, a.LearnVolunteers)
	inbox.On(r, a.LearnMemberships)
	inbox.On(r, a.LearnGrants)
	inbox.On(r, a.LearnOffices)
	inbox.On(r, a.LearnComplaints)
	return r
}
