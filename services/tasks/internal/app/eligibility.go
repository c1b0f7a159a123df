package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RememberQualifications keeps what teams told of papers 资质.
func (a *App) RememberQualifications(ctx context.Context, q postgres.Querier, events []teamsv1.QualificationChanged) error {
	known := make([]domain.KnownQualification, len(events))
	for i, e := range events {
		known[i] = domain.KnownQualification{
			QualificationID: e.QualificationID, VolunteerID: e.VolunteerID, Kind: e.Kind, State: e.State, From: e.From, Until: e.Until, Version: e.Version,
		}
	}
	return store.UpsertQualifications(ctx, q, known)
}

// whoTakesPart returns a function that says why a person cannot take part in a
// shift of a programme, or nil: the one rule for signing up, waiting lists and
// what leaders enter. Papers are looked at on the day of the shift.
func whoTakesPart(ctx context.Context, q postgres.Querier, l domain.Listing, persons ...domain.Person) (func(domain.Person) error, error) {
	setting, err := store.FindSetting(ctx, q, l.ProgrammeID, domain.DayOf(l.StartsAt))
	if err != nil {
		return nil, err
	}
	if l.Kind == domain.KindTraining {
		setting.Needs = nil // a class is where one gets what the work needs
	}
	asks := domain.Asks{Programme: l.ProgrammeName, Papers: setting.Needs}
	var members map[store.Member]bool
	var holders []domain.Holder
	if l.OnlyMembers {
		if holders, err = holdersOf(ctx, q, l); err != nil {
			return nil, err
		}
		asks.MembersOnly = namesOf(holders)
		if members, err = store.ListMembers(ctx, q, recordsOf(persons)); err != nil {
			return nil, err
		}
	}
	known, err := store.ListEligibility(ctx, q, recordsOf(persons))
	return func(p domain.Person) error {
		e := together(p, known)
		e.Member = isOf(members, holders, p)
		return e.TakesPart(asks, l.StartsAt)
	}, err
}

// namesOf writes who holds an activity: 桂鹤队、淇滨队.
func namesOf(holders []domain.Holder) string {
	names := make([]string, len(holders))
	for i, h := range holders {
		names[i] = cmp.Or(h.Name, "本队")
	}
	return strings.Join(names, "、")
}

func recordsOf(persons []domain.Person) (ids []string) {
	for _, p := range persons {
		ids = append(ids, p.IDs()...)
	}
	return ids
}

// together is what is known of all records of a person: a paper of each counts,
// and a guardian's consent is looked at under the record that stayed.
func together(p domain.Person, known map[string]domain.Eligibility) (e domain.Eligibility) {
	for _, id := range p.IDs() {
		e.WaitsForGuardian = e.WaitsForGuardian || known[id].WaitsForGuardian
		e.Papers = append(e.Papers, known[id].Papers...)
	}
	return e
}

// onlyMine narrows a list to what the reader can take part in by the same rule:
// no programme whose papers they lack, nothing at a time when they are elsewhere.
// nothing tells that there is no such shift at all.
func (a *App) onlyMine(ctx context.Context, q postgres.Querier, reader crew, f *domain.ListingFilter, now time.Time) (nothing bool, err error) {
	programmes, err := store.ListProgrammes(ctx, q)
	if err != nil {
		return false, err
	}
	ids := make([]string, len(programmes))
	for i, p := range programmes {
		ids[i] = p.ID
	}
	settings, err := store.ListSettingsInForce(ctx, q, ids, domain.DayOf(now))
	if err != nil {
		return false, err
	}
	known, err := store.ListEligibility(ctx, q, reader.self.IDs())
	if err != nil {
		return false, err
	}
	self := together(reader.self, known)
	if self.WaitsForGuardian {
		return true, nil
	}
	members, err := store.ListMembers(ctx, q, reader.self.IDs())
	if err != nil {
		return false, err
	}
	f.FreeFor, f.MemberOf = reader.self, []string{}
	for m := range members {
		f.MemberOf = append(f.MemberOf, m.TeamID)
	}
	f.NotProgrammes = slices.DeleteFunc(ids, func(id string) bool { return self.TakesPart(domain.Asks{Papers: settings[id].Needs}, now) == nil })
	return false, nil
}
