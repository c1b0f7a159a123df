package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// DutiesEvery is how often the clock is looked at: what is due is done at most
// so much late.
const DutiesEvery = 5 * time.Second

// duties are what nobody asks for: the clock makes them due. Every replica does
// all of them; one takes what is due FOR UPDATE SKIP LOCKED, a few rows in a
// transaction, so that replicas share the work and a stop in the middle loses
// nothing. What is due is written in the rows, never remembered.
func (a *App) duties() []upkeep.Job {
	return []upkeep.Job{
		{Name: "corrections", Do: a.raiseCorrections},
		{Name: "stars", Do: a.judgeStars},
		{Name: "reports", Do: a.freezeReports},
		{Name: "history", Do: a.endOldHistory},
		{Name: "totals for a hub", Do: a.tellTotals},
	}
}

// DoDuties does what is due now. One that fails does not keep the others from
// being done; it is tried again the next time.
func (a *App) DoDuties(ctx context.Context) error { return upkeep.All(ctx, a.duties()...) }
