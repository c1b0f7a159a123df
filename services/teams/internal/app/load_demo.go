package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// atOnce is how many rows go into one statement: few enough to be sent as one
// message of some megabytes, enough that statements cost nothing.
const atOnce = 5000

// LoadDemo keeps the registry of a demo city, in one transaction; where there
// is anybody already it does nothing. Everything has version 1 and is not
// announced: the other services load their share of the same facts, and the
// first change that is announced has version 2.
//
// The app's database must be opened as the owner: filling the registry is not
// a right of the service at run time.
func (a *App) LoadDemo(ctx context.Context, city *demo.City) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if there, err := store.AnyVolunteer(ctx, q); err != nil || there {
			return err
		}
		people, err := demoVolunteers(city.Volunteers)
		if err != nil {
			return err
		}
		if err := inChunks(ctx, q, convert(city.Regions, demoRegion), store.InsertRegions); err != nil {
			return err
		}
		if err := store.InsertOffices(ctx, q, convert(city.Offices, demoOffice)); err != nil {
			return err
		}
		if err := store.InsertReportingUnits(ctx, q, convert(city.ReportingUnits, demoUnit)); err != nil {
			return err
		}
		err = postgres.InBulk(ctx, q, []string{"volunteers", "consents", "teams", "memberships"}, func() error {
			if err := inChunks(ctx, q, people, a.insertVolunteers); err != nil {
				return err
			}
			if err := inChunks(ctx, q, demoConsents(people), store.InsertConsents); err != nil {
				return err
			}
			if err := inChunks(ctx, q, convert(city.Teams, demoTeam), store.InsertTeams); err != nil {
				return err
			}
			return inChunks(ctx, q, convert(city.Memberships, demoMembership), store.InsertMemberships)
		})
		if err != nil {
			return err
		}
		if err := inChunks(ctx, q, convert(city.Grants, demoGrant), store.InsertGrants); err != nil {
			return err
		}
		if err := inChunks(ctx, q, demoTrainings(city), store.FillTrainings); err != nil {
			return err
		}
		if err := store.SetVolunteerSerials(ctx, q, max(1, len(people))); err != nil {
			return err
		}
		return store.Analyze(ctx, q)
	})
}

func (a *App) insertVolunteers(ctx context.Context, q postgres.Querier, people []domain.Volunteer) error {
	return store.InsertVolunteers(ctx, q, a.vault, people)
}

func inChunks[T any](ctx context.Context, q postgres.Querier, rows []T, insert func(context.Context, postgres.Querier, []T) error) error {
	for chunk := range slices.Chunk(rows, atOnce) {
		if err := insert(ctx, q, chunk); err != nil {
			return err
		}
	}
	return nil
}

func convert[From, To any](facts []From, one func(From) To) []To {
	rows := make([]To, len(facts))
	for i, fact := range facts {
		rows[i] = one(fact)
	}
	return rows
}

func demoRegion(r demo.Region) domain.Region {
	return domain.Region{Code: r.Code, Name: r.Name, Path: r.Path, Level: r.Level, Parent: r.Parent, Version: 1}
}

func demoOffice(o demo.Office) domain.Office {
	return domain.Office{
		ID: o.ID, Version: 1,
		OfficeFacts: domain.OfficeFacts{
			Kind: o.Kind, Name: o.Name, RegionCode: o.RegionCode, Address: o.Address, Phone: o.Phone, Demonstration: o.Demonstration,
			IsVenue: o.IsVenue, Latitude: o.Latitude, Longitude: o.Longitude,
		},
	}
}

func demoUnit(u demo.ReportingUnit) domain.ReportingUnit {
	return domain.ReportingUnit{Name: u.Name, Kind: domain.UnitKind(u.Kind), Position: u.Position, Version: 1}
}

func demoVolunteers(facts []demo.Volunteer) ([]domain.Volunteer, error) {
	people := make([]domain.Volunteer, len(facts))
	for i, v := range facts {
		people[i] = domain.Volunteer{ID: v.ID, Number: v.Number, Name: v.Name, State: domain.VolunteerActive, BoardConsent: v.BoardConsent, RankConsent: v.BoardConsent && i%3 == 0, JoinedAt: v.JoinedAt, Version: 1}
		if v.Phone == "" {
			continue
		}
		var err error
		if people[i].Phone, err = domain.ParsePhone(v.Phone); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// demoConsents are the yeses of those who want their names on boards and to
// see where they stand.
func demoConsents(people []domain.Volunteer) []domain.Consent {
	var said []domain.Consent
	for _, v := range people {
		for purpose, version := range map[domain.Purpose]int{domain.BoardName: 2, domain.RankNeighbours: 1} {
			if v.Consents(purpose) {
				said = append(said, domain.Consent{
					ID: id.New(), VolunteerID: v.ID, Purpose: purpose, TextVersion: version, Given: true,
					At: v.JoinedAt, SaidBy: domain.SaidBySelf, RecordedBy: v.ID,
				})
			}
		}
	}
	return said
}

func demoTeam(t demo.Team) domain.Team {
	return domain.Team{
		ID: t.ID, Name: t.Name, RegionCode: t.RegionCode, ReportingUnit: t.ReportingUnit, Category: t.Category,
		State: domain.TeamActive, FoundedAt: t.FoundedAt, Version: 1,
	}
}

func demoMembership(m demo.Membership) domain.Membership {
	return domain.Membership{ID: m.ID, TeamID: m.TeamID, VolunteerID: m.VolunteerID, Role: domain.Role(m.Role), Since: m.Since, Version: 1}
}

func demoGrant(g demo.Grant) domain.Grant {
	return domain.Grant{ID: g.ID, VolunteerID: g.VolunteerID, Role: g.Role, RegionCode: g.RegionCode, From: g.From, Reason: "演示数据", Version: 1}
}

// demoTrainings are those that people completed, as HearOfClasses writes them down.
func demoTrainings(city *demo.City) (held []domain.Training) {
	names := make(map[string]string, len(city.Teams))
	for _, t := range city.Teams {
		names[t.ID] = t.Name
	}
	for class := range city.Classes() {
		for _, c := range class.Certificates {
			held = append(held, domain.Training{
				ID: id.New(), VolunteerID: c.VolunteerID, Title: class.Title, Organiser: names[class.TeamID], HeldOn: c.CompletedOn, Minutes: c.Minutes,
				CertificateNumber: c.Number, Source: "tasks/class/" + class.ID, Noted: domain.Noted{RecordedAt: c.IssuedAt},
			})
		}
	}
	return held
}
