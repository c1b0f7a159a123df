package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// gate is everything that a group of claims is decided from, read and locked
// once for all of them, and everything that they changed.
type gate struct {
	app         *App
	shifts      map[string]domain.Listing
	leads       map[string][]string   // team ids by actor who taps
	members     map[store.Member]bool // of those who came without a seat
	joined      map[string][]string   // teams that joined, by task, when somebody taps
	persons     map[string]domain.Person
	signUps     map[store.Seat]domain.SignUp
	attendances map[store.Seat]domain.Attendance
	tries       map[store.Seat]int
	known       map[string]store.ClaimedSeat
	devices     map[string]*domain.Device
	places      map[string]bool // who consented that their phone compares places; asked only where a place is marked

	changed  []store.Seat
	accepted []store.KeptClaim
	tried    map[store.Seat]int
}

func (a *App) openGate(ctx context.Context, q postgres.Querier, group []domain.Claim) (*gate, error) {
	shiftIDs, claimIDs := make([]string, len(group)), make([]string, len(group))
	var people []string
	for i, c := range group {
		shiftIDs[i], claimIDs[i] = c.ShiftID, c.ID
		people = append(people, c.VolunteerID, c.ActorID)
	}
	g := &gate{app: a, shifts: map[string]domain.Listing{}, tried: map[store.Seat]int{}}
	var err error
	if g.persons, err = store.FindPersons(ctx, q, people); err != nil {
		return nil, err
	}
	walkIns := walkingIn(group)
	if err := store.LockPersons(ctx, q, walkIns); err != nil { // they have no sign-up that could be held
		return nil, err
	}
	seats := g.seats(group, false)
	if g.signUps, err = store.LockSignUps(ctx, q, seats); err != nil { // first: what follows is read behind these locks
		return nil, err
	}
	listings, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: shiftIDs})
	if err != nil {
		return nil, err
	}
	for _, l := range listings {
		g.shifts[l.ID] = l
	}
	if g.attendances, err = store.LockAttendances(ctx, q, seats); err != nil {
		return nil, err
	}
	if g.tries, err = store.ListTries(ctx, q, g.seats(group, true)); err != nil {
		return nil, err
	}
	if g.known, err = store.ListClaims(ctx, q, claimIDs); err != nil {
		return nil, err
	}
	if g.members, err = store.ListMembers(ctx, q, g.records(walkIns)); err != nil {
		return nil, err
	}
	if g.devices, err = store.LockDevices(ctx, q, signers(group)); err != nil {
		return nil, err
	}
	if g.places, err = placesOf(ctx, q, listings, group); err != nil {
		return nil, err
	}
	if g.leads, err = store.ListLedTeamsOf(ctx, q, tappers(group)); err != nil || len(tappers(group)) == 0 {
		return g, err
	}
	taskIDs := make([]string, len(listings))
	for i, l := range listings {
		taskIDs[i] = l.TaskID
	}
	g.joined, err = store.ListJoined(ctx, q, taskIDs)
	return g, err
}

// placesOf returns who consented to compare places, of those whose claims may be compared.
func placesOf(ctx context.Context, q postgres.Querier, listings []domain.Listing, group []domain.Claim) (map[string]bool, error) {
	var ids []string
	marked := slices.ContainsFunc(listings, func(l domain.Listing) bool { return domain.SpotOf(l.Latitude, l.Longitude) != nil })
	for _, c := range group {
		if marked && c.Places() {
			ids = append(ids, c.ActorID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return store.ListPlaceConsents(ctx, q, ids)
}

func walkingIn(group []domain.Claim) []string {
	var ids []string
	for _, c := range group {
		if c.WalkIn {
			ids = append(ids, c.VolunteerID)
		}
	}
	return ids
}

func signers(group []domain.Claim) []string {
	var ids []string
	for _, c := range group {
		if c.Signed != nil {
			ids = append(ids, c.Signed.DeviceID)
		}
	}
	return ids
}

// records returns every record of these people.
func (g *gate) records(volunteerIDs []string) []string {
	var ids []string
	for _, id := range volunteerIDs {
		ids = append(ids, g.persons[id].IDs()...)
	}
	return ids
}

func tappers(group []domain.Claim) []string {
	var ids []string
	for _, c := range group {
		if c.Evidence.Seen() {
			ids = append(ids, c.ActorID)
		}
	}
	return ids
}

// seats returns every seat that the claims may be about; typed: only of those
// whose tries count.
func (g *gate) seats(group []domain.Claim, typed bool) []store.Seat {
	var seats []store.Seat
	for _, c := range group {
		if !typed || c.Evidence.Digits != "" || c.Signed != nil {
			seats = append(seats, personSeats(g.persons[c.VolunteerID], c.ShiftID)...)
		}
	}
	return seats
}

func seatOf(c domain.Claim) store.Seat {
	return store.Seat{ShiftID: c.ShiftID, VolunteerID: c.VolunteerID}
}
