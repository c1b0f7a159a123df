package app

import (
	"context"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNotYourTeam = apperr.New(apperr.NotFound, "no_such_team", "没有这支服务队，或者不归您管。", "There is no such brigade, or it is not one of yours.")

// TeamLinesQuery asks for lines of a brigade as the API writes it.
type TeamLinesQuery struct {
	TeamID      string
	VolunteerID string // only of this member; empty: of all
	Period      string
	After       string
	Limit       int
}

// TeamLine is a line with whose it is.
type TeamLine struct {
	MyEntry
	Person string
}

// TeamLines is a page of a brigade's lines.
type TeamLines struct {
	Team   domain.Known
	Detail string // where it is at home
	Lines  []TeamLine
	Next   string
}

// TeamLines returns lines of a brigade with names, newest first: all of them to who leads
// it, to officers those given in a region of theirs; NotFound to others.
func (a *App) TeamLines(ctx context.Context, query TeamLinesQuery) (TeamLines, error) {
	period, err := domain.ParsePeriod(query.Period, domain.DayOf(a.clock.Now()))
	if err != nil {
		return TeamLines{}, apperr.For("period", domain.ErrPeriod)
	}
	before, err := beforeOf(query.After)
	if err != nil {
		return TeamLines{}, err
	}
	wanted := store.TeamLines{TeamID: query.TeamID, Before: before, Limit: query.Limit + 1}
	wanted.From, wanted.Until = period.Dates()
	var page TeamLines
	var entries []domain.Entry
	var happened happenings
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		if page.Team, wanted.Regions, err = a.authorizeTeam(reader, query.TeamID); err != nil {
			return err
		}
		if query.VolunteerID != "" {
			if wanted.Records, err = store.ListRecords(ctx, q, query.VolunteerID); err != nil {
				return err
			}
		}
		if entries, err = store.ListTeamEntries(ctx, q, wanted); err != nil {
			return err
		}
		happened, err = readHappenings(ctx, q, entries)
		return err
	})
	if err != nil {
		return TeamLines{}, err
	}
	if len(entries) > query.Limit {
		entries = entries[:query.Limit]
		page.Next = strconv.FormatInt(entries[query.Limit-1].Sequence, 10)
	}
	page.Detail = a.names.teamDetail(query.TeamID)
	page.Lines = a.withPersons(ctx, a.described(ctx, entries, happened))
	return page, nil
}

// authorizeTeam returns the brigade, and the regions in which the reader may see
// its lines: nil for wherever.
func (a *App) authorizeTeam(reader crew, teamID string) (domain.Known, []string, error) {
	team, ok := a.names.find(domain.Team, teamID)
	if ok && reader.leads(teamID) {
		return team, nil, nil
	}
	regions := reader.Regions()
	if !ok || len(regions) == 0 || !reader.Covers(team.RegionPath) {
		return domain.Known{}, nil, errNotYourTeam
	}
	return team, regions, nil
}

func (a *App) withPersons(ctx context.Context, entries []MyEntry) []TeamLine {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	lines := make([]TeamLine, len(entries))
	for i, e := range entries {
		lines[i] = TeamLine{e, persons[e.VolunteerID].FullName()}
	}
	return lines
}
