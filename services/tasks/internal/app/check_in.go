package app

import (
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/groupwrite"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewClaim is what a phone sends to check somebody in or out.
type NewClaim struct {
	ClaimID     string
	ShiftID     string
	Kind        domain.ClaimKind
	Ticket      string         // from an opened check-in link
	Code        string         // scanned by the open page
	Digits      string         // typed from the leader's screen
	VolunteerID string         // a leader taps this person
	Signed      *domain.Signed // by the phone that kept it; with Code or VolunteerID
	Mark        string         // the browser's
	Card        string         // the token of a volunteer card that a leader scanned
	WalkIn      bool           // who did not sign up and is here
}

// ClaimResult is what is known after a claim.
type ClaimResult struct {
	domain.Listing                    // the shift
	Attendance     *domain.Attendance // nil: a kept claim that waits for the leader's look, of somebody not checked in
	Present        int                // how many are checked in now
	Doubt          domain.Doubt       // why it waits
	VolunteerID    string             // whose presence it is about
}

// CreateClaim checks the reader in or out, or, with a leader's tap, somebody
// on the roster. The same claim id again gives the same answer. It returns
// ErrCodeExpired, ErrWrongDigits, ErrTooManyTries, ErrNotSignedUp, ErrNotLeader
// and the other refusals of the domain.
func (a *App) CreateClaim(ctx context.Context, n NewClaim) (ClaimResult, error) {
	claim, err := a.readClaim(ctx, n)
	if err != nil {
		return ClaimResult{}, err
	}
	result, err := a.claims.Do(ctx, claim)
	a.shifts.Touch(n.ShiftID)
	return result, err
}

// readClaim checks what can be checked without the database: a ticket's
// signature costs more than the rest of a check-in together.
func (a *App) readClaim(ctx context.Context, n NewClaim) (domain.Claim, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Claim{}, err
	}
	c := domain.Claim{
		ID: n.ClaimID, ShiftID: n.ShiftID, VolunteerID: p.VolunteerID, ActorID: p.VolunteerID,
		Kind: n.Kind, WalkIn: n.WalkIn, Signed: n.Signed, Mark: n.Mark, Shared: p.Shared, ReceivedAt: a.clock.Now(),
	}
	var ticket auth.Ticket
	if n.Ticket != "" {
		if ticket, err = a.tickets.Ticket(n.Ticket); err != nil || ticket.ShiftID != n.ShiftID {
			return domain.Claim{}, domain.ErrCodeExpired
		}
		if ticket.Mark != "" && ticket.Mark != n.Mark { // passed on, or a request that somebody caught
			return domain.Claim{}, domain.ErrOtherBrowser
		}
	}
	if n.VolunteerID != "" {
		c.VolunteerID = n.VolunteerID
	}
	if n.Signed != nil && (n.Ticket != "" || n.Digits != "") || n.Ticket != "" && n.Code != "" {
		return domain.Claim{}, domain.ErrEvidence
	}
	c.Evidence, err = domain.NewEvidence(domain.Evidence{
		Code: ticket.Code + n.Code, SeenAt: ticket.OpenedAt, Digits: n.Digits, Tap: n.VolunteerID != "", Card: n.Card,
	})
	if err == nil && n.Card != "" {
		c.VolunteerID, err = a.openCard(ctx, c)
	}
	return c, err
}

// openCard returns whose card it is. What was scanned before a card was lost or
// replaced was scanned from one that counted.
func (a *App) openCard(ctx context.Context, c domain.Claim) (volunteerID string, err error) {
	card, err := a.people.FindCard(ctx, c.Evidence.Card)
	switch {
	case errors.Is(err, people.ErrNoCard):
		return "", domain.ErrNoCard
	case err != nil:
		a.log.Warn("a card could not be looked up", "error", err)
		return "", domain.ErrCardAway
	}
	seen := c.ReceivedAt
	if c.Signed != nil {
		seen = c.Signed.ObservedAt
	}
	if !card.EndedAt.IsZero() && !seen.Before(card.EndedAt) {
		return "", domain.ErrCardVoid
	}
	return card.VolunteerID, nil
}

// writeClaims carries out a group of claims in one transaction, each with its own result.
func (a *App) writeClaims(ctx context.Context, group []domain.Claim) ([]groupwrite.Result[ClaimResult], error) {
	results := make([]groupwrite.Result[ClaimResult], len(group))
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		g, err := a.openGate(ctx, q, group)
		if err != nil {
			return err
		}
		for i, c := range group {
			results[i].Value, results[i].Err = g.decide(c)
		}
		return g.keep(ctx, q, results)
	})
	return results, err
}

// gate is everything that a group of claims is decided from, read and locked
// once for all of them, and everything that they changed.
type gate struct {
	app         *App
	shifts      map[string]domain.Listing
	leads       map[string][]string   // team ids by actor who taps
	members     map[store.Member]bool // of those who came without a seat
	persons     map[string]domain.Person
	signUps     map[store.Seat]domain.SignUp
	attendances map[store.Seat]domain.Attendance
	tries       map[store.Seat]int
	known       map[string]store.ClaimedSeat
	devices     map[string]*domain.Device

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
	g.leads, err = store.ListLedTeamsOf(ctx, q, tappers(group))
	return g, err
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

// decide carries out one claim on what the gate holds.
func (g *gate) decide(c domain.Claim) (ClaimResult, error) {
	listing, ok := g.shifts[c.ShiftID]
	if !ok {
		return ClaimResult{}, domain.ErrNotPublished
	}
	c.VolunteerID = heldSeat(g.persons[c.VolunteerID], seatOf(c), g.signUps).VolunteerID
	seat := seatOf(c)
	if c.Evidence.Seen() && !slices.Contains(g.leads[c.ActorID], listing.TeamID) {
		return ClaimResult{}, ErrNotLeader
	}
	if before, ok := g.known[c.ID]; ok {
		if before.Seat != seat || before.Kind != c.Kind {
			return ClaimResult{}, domain.ErrClaimReused
		}
		return g.result(listing, seat, before.Doubt), nil
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
	return g.result(listing, seat, proved.Doubt), nil
}

func (g *gate) result(l domain.Listing, seat store.Seat, doubt domain.Doubt) ClaimResult {
	r := ClaimResult{Listing: l, Doubt: doubt, VolunteerID: seat.VolunteerID}
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
