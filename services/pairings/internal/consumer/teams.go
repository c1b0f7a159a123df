// Package consumer hears what other services tell and hands it to app.
package consumer

import (
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FromTeams learns what regions are called, who is an officer where, who is one
// person with whom, who has been trained, and who is in which brigade.
func FromTeams(a *app.App, db *postgres.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db, "pairings-from-teams")
	inbox.On(r, a.LearnRegions)
	inbox.On(r, a.LearnGrants)
	inbox.On(r, a.LearnPeople)
	inbox.On(r, a.LearnTrainings)
	inbox.On(r, a.LearnMemberships)
	inbox.On(r, a.LearnTeams)
	return r
}
