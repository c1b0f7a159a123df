package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Choices are what a proposal for a child can be made of.
type Choices struct {
	CompanionSex string // what the family wishes: female | male | any
	Companions   []ChoiceOfCompanion
	Officers     []CareOfficer // who can supervise
}

// ChoiceOfCompanion is a companion parent who can be proposed.
type ChoiceOfCompanion struct {
	CompanionID, Name, RegionName string
	Open                          int  // how many pairings she has
	Full                          bool // as many as may be
	Suits                         bool // the sex is as wished
	Teams                         []ChoiceOfTeam
	volunteerID                   string
}

// ChoiceOfTeam is a brigade that can stand behind a pairing.
type ChoiceOfTeam struct{ TeamID, Name string }

// companionsNear bounds the companion parents who are offered for a child.
const companionsNear = 200

// ListChoices returns who can be proposed for a child and who can supervise: those near
// the child first, two hundred companion parents at most. It is for child-care officers of its region.
func (a *App) ListChoices(ctx context.Context, childID string) (choices Choices, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return choices, err
	}
	var child domain.Child
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if child, err = store.FindChild(ctx, q, childID); err != nil {
			return err
		}
		if !looksAfter(who, child.RegionPath) {
			return domain.ErrNoChild
		}
		choices, err = a.choices(ctx, q, child, who)
		return err
	})
	if err != nil {
		return choices, err
	}
	var ids []string
	for _, c := range choices.Companions {
		ids = append(ids, c.volunteerID)
	}
	for _, o := range choices.Officers {
		ids = append(ids, o.VolunteerID)
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range choices.Companions {
		choices.Companions[i].Name = persons[c.volunteerID].FullName()
		choices.Companions[i].Suits = child.CompanionSex == "any" || child.CompanionSex == persons[c.volunteerID].Sex
	}
	for i, o := range choices.Officers {
		choices.Officers[i].Name = persons[o.VolunteerID].FullName()
	}
	return choices, nil
}

func (a *App) choices(ctx context.Context, q postgres.Querier, child domain.Child, who auth.Principal) (choices Choices, err error) {
	now := a.clock.Now()
	choices.CompanionSex = child.CompanionSex
	companions, err := store.ListApprovedCompanions(ctx, q, who.RegionsAs(childCare))
	if err != nil {
		return choices, err
	}
	slices.SortStableFunc(companions, func(x, y domain.Companion) int {
		return domain.CommonLevels(y.RegionPath, child.RegionPath) - domain.CommonLevels(x.RegionPath, child.RegionPath)
	})
	companions = companions[:min(len(companions), companionsNear)]
	ids, paths, volunteers := make([]string, len(companions)), make([]string, len(companions)), make([]string, len(companions))
	for i, c := range companions {
		ids[i], paths[i], volunteers[i] = c.ID, c.RegionPath, c.VolunteerID
	}
	open, err := store.CountOpenPairings(ctx, q, ids)
	if err != nil {
		return choices, err
	}
	names, err := store.RegionNames(ctx, q, paths)
	if err != nil {
		return choices, err
	}
	rules, err := store.FindPairingRules(ctx, q, now)
	if err != nil {
		return choices, err
	}
	teams, err := teamsOf(ctx, q, volunteers)
	if err != nil {
		return choices, err
	}
	for _, c := range companions {
		choices.Companions = append(choices.Companions, ChoiceOfCompanion{
			CompanionID: c.ID, RegionName: names[c.RegionPath], Open: open[c.ID], Full: open[c.ID] >= rules.MostOpen, Teams: teams[c.VolunteerID], volunteerID: c.VolunteerID,
		})
	}
	officers, err := store.ListOfficers(ctx, q, child.RegionPath, supervisors, now)
	for _, one := range officers {
		choices.Officers = append(choices.Officers, CareOfficer{VolunteerID: one, Holds: one == child.OfficerID})
	}
	return choices, err
}

// teamsOf returns the brigades that people are in, by person.
func teamsOf(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string][]ChoiceOfTeam, error) {
	of, err := store.ListTeamsOf(ctx, q, volunteerIDs...)
	if err != nil {
		return nil, err
	}
	names, err := store.TeamNames(ctx, q, slices.Concat(slices.Collect(maps.Values(of))...))
	teams := make(map[string][]ChoiceOfTeam, len(of))
	for person, ids := range of {
		for _, one := range ids {
			teams[person] = append(teams[person], ChoiceOfTeam{one, names[one]})
		}
	}
	return teams, err
}
