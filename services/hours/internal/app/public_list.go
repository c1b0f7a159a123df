package app

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNoTeam = apperr.New(apperr.NotFound, "no_such_team", "没有这支队伍。", "There is no such brigade.")

// TeamPublicity is what of a brigade's hours anybody may object to now.
type TeamPublicity struct {
	Team  domain.Known
	Lines []PublicLine
	Next  string // to pass as after for the next ones; empty when there are none
}

// PublicLine is a line as strangers see it.
type PublicLine struct {
	domain.Entry
	Name string // in full only with consent and never of a minor (条例 art. 20)
	Mine bool   // of whoever asks
}

// TeamPublicity returns the lines of a brigade that may be objected to, newest
// first, up to limit. It is for anybody, signed in or not.
func (a *App) TeamPublicity(ctx context.Context, teamID, after string, limit int) (TeamPublicity, error) {
	team, ok := a.names.find(domain.Team, teamID)
	if !ok {
		return TeamPublicity{}, errNoTeam
	}
	before, err := beforeOf(after)
	if err != nil {
		return TeamPublicity{}, err
	}
	p := TeamPublicity{Team: team}
	var entries []domain.Entry
	var mine []string
	err = a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if who, err := auth.From(ctx); err == nil {
			if mine, err = store.ListRecords(ctx, q, who.VolunteerID); err != nil {
				return err
			}
		}
		entries, err = store.ListLinesInPublicity(ctx, q, domain.DayOf(a.clock.Now()), teamID, before, limit+1)
		return err
	})
	if err != nil {
		return TeamPublicity{}, err
	}
	if len(entries) > limit {
		entries = entries[:limit]
		p.Next = strconv.FormatInt(entries[limit-1].Sequence, 10)
	}
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	for _, e := range entries {
		p.Lines = append(p.Lines, PublicLine{e, persons[e.VolunteerID].BoardName(), slices.Contains(mine, e.VolunteerID)})
	}
	return p, nil
}

// beforeOf reads where a page of lines begins.
func beforeOf(after string) (int64, error) {
	if after == "" {
		return math.MaxInt64, nil
	}
	before, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		return 0, apperr.For("after", errAfter)
	}
	return before, nil
}
