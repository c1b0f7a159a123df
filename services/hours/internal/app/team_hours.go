package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TeamHours is what a brigade gave, for whoever leads it.
type TeamHours struct {
	Team        domain.Known
	Detail      string // where it is at home
	Position    int64
	Month, Year boards.Figure
	Open        store.TeamInPublicity // what of it may be objected to; no lines: nothing
	Questions   int                   // about its lines, not decided
	Members     []MemberHours         // with service this year, in no order: the page sorts them by name
}

// MemberHours is what somebody gave for the brigade.
type MemberHours struct {
	VolunteerID string
	Name        string
	Month, Year int
}

// TeamHours is for who leads the brigade and for officers of its region; to
// others it returns NotFound. The sums are the boards', as of the position.
func (a *App) TeamHours(ctx context.Context, teamID string) (TeamHours, error) {
	var h TeamHours
	today := domain.DayOf(a.clock.Now())
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		if h.Team, _, err = a.authorizeTeam(reader, teamID); err != nil {
			return err
		}
		if h.Open, err = store.FindTeamInPublicity(ctx, q, today, teamID); err != nil {
			return err
		}
		h.Questions, err = store.CountOpenCorrections(ctx, q, teamID)
		return err
	})
	if err != nil {
		return TeamHours{}, err
	}
	key := func(kind domain.PeriodKind) boards.Key {
		return boards.Key{Subject: boards.Volunteers, Scope: boards.Scope{Kind: boards.Team, ID: teamID}, Period: domain.PeriodOf(kind, today)}
	}
	h.Detail = a.names.teamDetail(teamID)
	position, figures := a.boards.Figures(key(domain.Month), key(domain.Year))
	h.Position, h.Month, h.Year = position, figures[0], figures[1]
	_, given := a.boards.Given(key(domain.Month), key(domain.Year))
	var ids []string
	for volunteerID, year := range given[1] {
		if year > 0 {
			ids = append(ids, volunteerID)
			h.Members = append(h.Members, MemberHours{VolunteerID: volunteerID, Month: int(max(0, given[0][volunteerID])), Year: int(year)})
		}
	}
	persons := a.people.Find(ctx, ids)
	for i := range h.Members {
		h.Members[i].Name = persons[h.Members[i].VolunteerID].FullName()
	}
	return h, nil
}
