package app

import (
	"context"
	"iter"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// LoadDemo writes a line of the ledger for every attendance of the demo city,
// under the same rules as CreditHours, and all that the service would have
// heard from others. It does nothing when the ledger is not empty. db is
// opened as the owner; all is done in one transaction, before anything else
// runs: nothing is told of it. papers seals under whose name the city's federation
// issues certificates, so that a visitor can ask for one.
func LoadDemo(ctx context.Context, db *postgres.DB, papers *vault.Vault, city *demo.City) error {
	return db.InTx(ctx, func(q postgres.Querier) error {
		empty, err := store.IsEmpty(ctx, q)
		if err != nil || !empty {
			return err
		}
		if err := store.UpsertKnown(ctx, q, knownOf(city)); err != nil {
			return err
		}
		if err := knowWhoIsInCharge(ctx, q, city); err != nil {
			return err
		}
		var activities []domain.KnownActivity
		if err := store.FillEntries(ctx, q, entriesOf(city, &activities)); err != nil {
			return err
		}
		if err := store.FillReportFacts(ctx, q, activities, brigadesOf(city)); err != nil {
			return err
		}
		if err := store.FillIntervals(ctx, q); err != nil {
			return err
		}
		if err := store.FillTotals(ctx, q); err != nil {
			return err
		}
		if err := store.FillStars(ctx, q, domain.DayOf(city.Day)); err != nil {
			return err
		}
		return letFederationIssue(ctx, q, papers, city)
	})
}

// letFederationIssue has the city's administrator say how its federation issues
// certificates, as of the city's first day.
func letFederationIssue(ctx context.Context, q postgres.Querier, papers *vault.Vault, city *demo.City) error {
	for _, o := range city.Offices {
		for _, g := range city.Grants {
			if o.Kind != "federation" || o.RegionCode != city.Regions[0].Code || g.RegionCode != o.RegionCode || g.Role != "administrator" {
				continue
			}
			return store.InsertIssuer(ctx, q, papers, domain.Issuer{
				ID: id.New(), RegionCode: o.RegionCode, Name: o.Name, InCharge: "李文静（示例）", Contact: "0392-0000000（示例）",
				ValidFrom: domain.DayOf(city.Day), SetBy: g.VolunteerID, SetAt: city.Day,
			})
		}
	}
	return nil
}

func knownOf(city *demo.City) (things []domain.Known) {
	for _, r := range city.Regions {
		things = append(things, domain.Known{Kind: domain.Region, ID: r.Code, Name: r.Name, RegionPath: r.Path, Version: 1})
	}
	for _, t := range city.Teams {
		things = append(things, domain.Known{Kind: domain.Team, ID: t.ID, Name: t.Name, RegionPath: t.RegionPath, Version: 1})
	}
	for _, p := range city.Programmes {
		things = append(things, domain.Known{Kind: domain.Programme, ID: p.ID, Name: p.Name, Version: 1})
	}
	return things
}

// knowWhoIsInCharge keeps the offices, the officers and those who lead; who is a
// member is not asked of this service.
func knowWhoIsInCharge(ctx context.Context, q postgres.Querier, city *demo.City) error {
	var memberships []domain.KnownMembership
	for _, m := range city.Memberships {
		if m.Role != "member" {
			memberships = append(memberships, domain.KnownMembership{
				MembershipID: m.ID, TeamID: m.TeamID, VolunteerID: m.VolunteerID, Role: m.Role, State: "active", Version: 1,
			})
		}
	}
	if err := store.UpsertMemberships(ctx, q, memberships); err != nil {
		return err
	}
	grants := make([]domain.KnownGrant, len(city.Grants))
	for i, g := range city.Grants {
		grants[i] = domain.KnownGrant{
			GrantID: g.ID, VolunteerID: g.VolunteerID, Role: g.Role, RegionPath: g.RegionPath, State: "active", From: g.From, Version: 1,
		}
	}
	if err := store.UpsertGrants(ctx, q, grants); err != nil {
		return err
	}
	paths := make(map[string]string, len(city.Regions))
	for _, r := range city.Regions {
		paths[r.Code] = r.Path
	}
	offices := make([]domain.KnownOffice, len(city.Offices))
	for i, o := range city.Offices {
		offices[i] = domain.KnownOffice{OfficeID: o.ID, Kind: o.Kind, Name: o.Name, RegionPath: paths[o.RegionCode], State: "open", Version: 1}
	}
	return store.UpsertOffices(ctx, q, offices)
}

// entriesOf yields a line for each attendance, in the order of the tasks. A line
// is recorded when its shift is confirmed, and never before the line above it:
// as in any ledger, or an auditor would ask. The shifts that were held are added
// to activities on the way: to make the tasks again would take seconds.
func entriesOf(city *demo.City, activities *[]domain.KnownActivity) iter.Seq2[domain.Entry, error] {
	teams := make(map[string]demo.Team, len(city.Teams))
	for _, t := range city.Teams {
		teams[t.ID] = t
	}
	return func(yield func(domain.Entry, error) bool) {
		var recorded time.Time
		for task := range city.Tasks() {
			for _, shift := range task.Shifts {
				if shift.ConfirmedBy != "" {
					*activities = append(*activities, activityOf(task, teams[task.TeamID], shift))
				}
				for _, s := range shift.SignUps {
					if s.Attendance == nil || s.Attendance.Minutes == 0 {
						continue
					}
					e, err := entryOf(task, teams[task.TeamID], shift, s)
					if e.RecordedAt.Before(recorded) {
						e.RecordedAt, e.SettlesOn = recorded, domain.Publicity{}.SettlesOn(e.RegionPath, recorded)
					}
					recorded = e.RecordedAt
					if !yield(e, err) {
						return
					}
				}
			}
		}
	}
}

func activityOf(task demo.Task, team demo.Team, shift demo.Shift) domain.KnownActivity {
	known := domain.KnownActivity{
		ShiftID: shift.ID, TaskID: task.ID, TeamID: team.ID, ProgrammeID: task.ProgrammeID, RegionPath: team.RegionPath, ReportingUnit: team.ReportingUnit,
		Kind: domain.Service, Title: task.Title, Day: domain.DayOf(shift.StartsAt), PeopleServed: shift.PeopleServed, Version: 1,
	}
	if task.Training {
		known.Kind = domain.Training
	}
	for _, s := range shift.SignUps {
		if s.Attendance != nil {
			known.Confirmed++
		}
	}
	return known
}

func brigadesOf(city *demo.City) []domain.KnownBrigade {
	known := make([]domain.KnownBrigade, len(city.Teams))
	for i, t := range city.Teams {
		founded := domain.DayOf(t.FoundedAt)
		known[i] = domain.KnownBrigade{TeamID: t.ID, RegionPath: t.RegionPath, ReportingUnit: t.ReportingUnit, State: "active", StateSince: founded, FoundedOn: founded, Version: 1}
	}
	return known
}

func entryOf(task demo.Task, team demo.Team, shift demo.Shift, s demo.SignUp) (domain.Entry, error) {
	a := s.Attendance
	kind := domain.Service
	if task.Training {
		kind = domain.Training
	}
	return domain.NewEntry(kind, domain.Entry{
		VolunteerID: s.VolunteerID, TeamID: team.ID, ProgrammeID: task.ProgrammeID,
		RegionPath: team.RegionPath, ReportingUnit: team.ReportingUnit,
		Verification: a.Verification, Minutes: a.Minutes, From: a.From, To: a.To,
		SourceKind: domain.SourceAttendance, SourceID: a.ID, Title: task.Title,
		ConfirmedBy: a.ConfirmedBy, ConfirmedAt: shift.ConfirmedAt, RecordedAt: shift.ConfirmedAt, SettlesOn: domain.Publicity{}.SettlesOn(team.RegionPath, shift.ConfirmedAt),
	})
}
