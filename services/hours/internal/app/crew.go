package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// crew is who asks: all records that are theirs, and what they lead, as read in
// the same transaction as the thing itself.
type crew struct {
	auth.Principal
	self domain.Person
	led  []string
}

func (a *App) crewOf(ctx context.Context, q postgres.Querier) (crew, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return crew{}, err
	}
	persons, err := store.FindPersons(ctx, q, p.VolunteerID)
	if err != nil {
		return crew{}, err
	}
	self := persons[p.VolunteerID]
	led, err := store.ListLedTeams(ctx, q, self.IDs())
	return crew{Principal: p, self: self, led: led}, err
}

func (c crew) leads(teamID string) bool { return slices.Contains(c.led, teamID) }

// sees reports whether a line is there for the reader on a day: it is their own,
// of a brigade that they lead or of a region of theirs, or it is in publicity.
func (c crew) sees(e domain.Entry, today domain.Day) bool {
	return c.knows(e) || e.Kind != domain.Reversal && !e.Settled(today)
}

// knows reports whether the reader may know whose a line is.
func (c crew) knows(e domain.Entry) bool {
	return c.self.Is(e.VolunteerID) || c.leads(e.TeamID) || c.Covers(e.RegionPath)
}

// asks returns in what part the reader asks about a line.
func (c crew) asks(e domain.Entry) domain.AskedAs {
	switch {
	case c.self.Is(e.VolunteerID):
		return domain.AsVolunteer
	case c.leads(e.TeamID):
		return domain.AsLeader
	case c.Principal.Decides(e.RegionPath):
		return domain.AsOfficer
	}
	return domain.AsObjector
}

func (c crew) decider(teamID string) domain.CorrectionDecider {
	return domain.CorrectionDecider{Self: c.self, Leads: c.leads(teamID), Offices: c.RegionsDecided()}
}
