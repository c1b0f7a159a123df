package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// judgedRoster is a roster, what it comes to and what it would change.
type judgedRoster struct {
	roster *roster.Roster
	plan   *roster.Plan
	report roster.Report
}

// progress is told how far a step has come; its error ends the work.
type progress func(step string, done, of int) error

// judgeRoster reads a file and compares it with what is known now.
func (a *App) judgeRoster(ctx context.Context, q postgres.Querier, i domain.Import, file []byte, tell progress) (judgedRoster, error) {
	var j judgedRoster
	if err := tell("reading", 0, len(file)); err != nil {
		return j, err
	}
	book, err := spreadsheet.Open(i.Name, file)
	if err != nil {
		return j, err
	}
	options, err := a.rosterOptions(ctx, q, i)
	if err != nil {
		return j, err
	}
	if j.roster, err = roster.Gather(book, options); err != nil {
		return j, err
	}
	if err := tell("judging", 0, len(j.roster.Rows)); err != nil {
		return j, err
	}
	known, err := a.knownTo(ctx, q, i, j.roster.Asks())
	if err != nil {
		return j, err
	}
	j.plan = j.roster.Judge(known)
	j.report = j.roster.Report(j.plan)
	return j, nil
}

func (a *App) rosterOptions(ctx context.Context, q postgres.Querier, i domain.Import) (roster.Options, error) {
	o := roster.Options{
		Scope: roster.Scope{Paths: i.Scope, TeamID: i.TeamID}, Now: a.clock.Now(),
		Keys: roster.Keys{
			Phone: func(s string) string { return string(store.PhoneIndex(a.vault, domain.Phone(s))) },
			ID:    func(s string) string { return string(store.IDIndex(a.vault, s)) },
		},
	}
	regions, err := store.ListAllRegions(ctx, q)
	if err != nil {
		return o, err
	}
	o.Places = roster.NewPlaces(convert(regions, func(r domain.Region) roster.Division {
		return roster.Division{Code: r.Code, Name: r.Name, Path: r.Path, Level: r.Level, Parent: r.Parent}
	}))
	units, err := store.ListReportingUnits(ctx, q, false)
	if err != nil {
		return o, err
	}
	for _, u := range units {
		o.Units = append(o.Units, u.Name)
	}
	kinds, err := store.ListTeamCategories(ctx, q)
	if err != nil {
		return o, err
	}
	o.Categories = map[string]string{}
	for _, k := range kinds {
		o.Categories[k.Name] = k.Code
	}
	if i.TeamID != "" {
		team, err := store.FindTeam(ctx, q, i.TeamID)
		if err != nil {
			return o, err
		}
		o.Scope.Team = team.Name
	}
	return o, nil
}

// knownTo returns what is registered of the teams and people that a roster speaks of.
func (a *App) knownTo(ctx context.Context, q postgres.Querier, i domain.Import, asked roster.Asked) (roster.Known, error) {
	var known roster.Known
	teams, err := store.ListTeamsNamed(ctx, q, asked.TeamNames, i.TeamID)
	if err != nil {
		return known, err
	}
	teamIDs := convert(teams, func(t domain.Team) string { return t.ID })
	memberships, err := store.ListRosterMemberships(ctx, q, teamIDs)
	if err != nil {
		return known, err
	}
	people, err := store.ListRosterPeople(ctx, q, bytesOf(asked.PhoneKeys), bytesOf(asked.IDKeys),
		convert(memberships, func(m store.RosterMembership) string { return m.VolunteerID }))
	if err != nil {
		return known, err
	}
	known.Teams = convert(teams, knownTeam)
	known.Members = convert(memberships, func(m store.RosterMembership) roster.KnownMember {
		return roster.KnownMember{ID: m.ID, Team: m.TeamID, Person: m.VolunteerID, Role: m.Role, Active: m.Active, Version: m.Version}
	})
	seen := map[string]bool{}
	for _, p := range people {
		if !seen[p.ID] {
			seen[p.ID] = true
			known.People = append(known.People, roster.KnownPerson{ID: p.ID, Name: p.Name, PhoneKey: string(p.PhoneIndex), IDKey: string(p.IDIndex),
				Sex: p.Sex, Home: p.RegionCode, Claimed: p.State != string(domain.VolunteerUnclaimed), Version: p.Version})
		}
	}
	return known, nil
}

func knownTeam(t domain.Team) roster.KnownTeam {
	return roster.KnownTeam{ID: t.ID, Name: t.Name, Region: t.RegionCode, RegionPath: t.RegionPath, ReportingUnit: t.ReportingUnit, Category: t.Category,
		State: string(t.State), Founded: t.FoundedAt, Headcount: t.Headcount, Version: t.Version}
}

func bytesOf(keys []string) [][]byte {
	slices.Sort(keys) // neighbours in the index
	return convert(keys, func(s string) []byte { return []byte(s) })
}
