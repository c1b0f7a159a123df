package app

import (
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
)

// decide carries out one claim on what the gate holds.
func (g *gate) decide(c domain.Claim) (ClaimResult, error) {
	listing, ok := g.shifts[c.ShiftID]
	if !ok {
		return ClaimResult{}, domain.ErrNotPublished
	}
	c.VolunteerID = heldSeat(g.persons[c.VolunteerID], seatOf(c), g.signUps).VolunteerID
	seat := seatOf(c)
	if c.Evidence.Seen() && !slices.ContainsFunc(g.holding(listing), func(id string) bool { return slices.Contains(g.leads[c.ActorID], id) }) {
		return ClaimResult{}, ErrNotLeader
	}
	if before, ok := g.known[c.ID]; ok {
		if before.Seat != seat || before.Kind != c.Kind {
			return ClaimResult{}, domain.ErrClaimReused
		}
		return g.result(listing, c, before.Doubt), nil
	}
	proved, err := g.judge(c, listing.Shift)
	if err != nil {
		return ClaimResult{}, err
	}
	if proved.Doubt == domain.DoubtNone {
		proved.Doubt, err = g.apply(c, listing.Shift, proved)
	}
	if err != nil {
		return ClaimResult{}, err
	}
	g.known[c.ID] = store.ClaimedSeat{Seat: seat, Kind: c.Kind, Doubt: proved.Doubt}
	g.accepted = append(g.accepted, store.KeptClaim{Claim: c, Proved: proved})
	return g.result(listing, c, proved.Doubt), nil
}

func (g *gate) result(l domain.Listing, c domain.Claim, doubt domain.Doubt) ClaimResult {
	seat := seatOf(c)
	r := ClaimResult{Listing: l, Doubt: doubt, VolunteerID: seat.VolunteerID}
	if g.places[c.ActorID] && c.Places() {
		r.Spot = domain.SpotOf(l.Latitude, l.Longitude)
	}
	if at, ok := g.attendances[seat]; ok {
		r.Attendance = &at
	}
	return r
}

// judge lets the domain say what the claim proves. A phone's own word comes
// first: what it did not sign is nothing.
func (g *gate) judge(c domain.Claim, s domain.Shift) (domain.Proved, error) {
	var device *domain.Device
	if c.Signed != nil {
		device = g.devices[c.Signed.DeviceID]
		if err := device.Vouch(c, g.persons[c.ActorID]); err != nil {
			return domain.Proved{}, err
		}
	}
	seat := seatOf(c)
	tries := g.tries[seat]
	proved, err := c.Judge(s, device, &tries)
	if tries != g.tries[seat] {
		g.tries[seat], g.tried[seat] = tries, tries
	}
	if c.Evidence.Seen() && g.persons[c.ActorID].Is(c.VolunteerID) {
		proved.Method = domain.MethodOwn // her own presence, under whichever record
	}
	return proved, err
}

// apply lets the domain check somebody in or out and remembers what changed.
// A claim that a phone kept is not refused for what the person cannot mend any
// more: it waits for the leader's look.
func (g *gate) apply(c domain.Claim, s domain.Shift, p domain.Proved) (domain.Doubt, error) {
	seat := seatOf(c)
	var signUp *domain.SignUp
	if u, ok := g.signUps[seat]; ok {
		signUp = &u
	}
	var had *domain.Attendance
	if a, ok := g.attendances[seat]; ok {
		had = &a
	}
	if c.Signed != nil {
		if doubt := p.Contradicts(c.Kind, had); doubt != domain.DoubtNone {
			return doubt, nil
		}
	}
	var (
		now     domain.Attendance
		changed bool
		err     error
	)
	switch {
	case c.Kind == domain.ClaimOut:
		if changed, err = s.CheckOut(had, p.Method, p.At); err == nil {
			now = *had
		}
	case c.WalkIn && (signUp == nil || signUp.State != domain.SignUpConfirmed):
		of := func(id string) bool { return isMember(g.members, id, g.persons[c.VolunteerID]) }
		if !slices.ContainsFunc(g.holding(g.shifts[c.ShiftID]), of) {
			return domain.DoubtNone, domain.ErrNotOfTeam
		}
		now, changed, err = s.WalkIn(c.VolunteerID, had, p.Method, p.At)
	default:
		now, changed, err = s.CheckIn(signUp, had, p.Method, p.At)
	}
	if doubt := domain.DoubtOf(err); doubt != domain.DoubtNone && c.Signed != nil {
		return doubt, nil
	}
	if err != nil {
		return domain.DoubtNone, err
	}
	if changed {
		g.attendances[seat] = now
		g.changed = append(g.changed, seat)
	}
	return domain.DoubtNone, nil
}

// holding returns the teams that hold the activity: the host and those that joined.
func (g *gate) holding(l domain.Listing) []string {
	return append([]string{l.TeamID}, g.joined[l.TaskID]...)
}

func isMember(members map[store.Member]bool, teamID string, p domain.Person) bool {
	for _, id := range p.IDs() {
		if members[store.Member{TeamID: teamID, VolunteerID: id}] {
			return true
		}
	}
	return false
}
