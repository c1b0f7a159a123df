package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

const (
	neighbours = 2  // shown on either side
	lookedAt   = 25 // places on either side at which one is looked for
)

// MyRank is where somebody stands, and who stands next to them.
type MyRank struct {
	boards.Place
	Before, Behind []BoardRow
}

// MyRank returns where the person who asks stands on a board of volunteers.
// Neighbours are those nearby who agreed to be seen as such, as whoever asks has
// to have done (条例 art. 20); a minor is nobody's neighbour.
func (a *App) MyRank(ctx context.Context, query BoardQuery) (MyRank, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return MyRank{}, err
	}
	query.Subject = boards.Volunteers
	key, _, err := a.boardKey(query)
	if err != nil {
		return MyRank{}, err
	}
	mine := MyRank{Place: a.boards.Place(key, who.VolunteerID)}
	if mine.Rank == 0 || !a.people.Find(ctx, []string{who.VolunteerID})[who.VolunteerID].RankConsent {
		return mine, nil
	}
	before, behind := a.boards.Around(key, who.VolunteerID, lookedAt)
	ids := make([]string, 0, len(before)+len(behind))
	for _, r := range before {
		ids = append(ids, r.ID)
	}
	for _, r := range behind {
		ids = append(ids, r.ID)
	}
	persons := a.people.Find(ctx, ids)
	agreed := func(r boards.Row) bool {
		p := persons[r.ID]
		return p.RankConsent && !p.Minor && !p.Erased
	}
	var nearBefore, nearBehind []boards.Row
	for i := len(before) - 1; i >= 0 && len(nearBefore) < neighbours; i-- {
		if agreed(before[i]) {
			nearBefore = append([]boards.Row{before[i]}, nearBefore...)
		}
	}
	for i := 0; i < len(behind) && len(nearBehind) < neighbours; i++ {
		if agreed(behind[i]) {
			nearBehind = append(nearBehind, behind[i])
		}
	}
	mine.Before, mine.Behind = a.withNames(ctx, nearBefore, boards.Volunteers), a.withNames(ctx, nearBehind, boards.Volunteers)
	return mine, nil
}
