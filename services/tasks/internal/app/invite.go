package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Invitee is a member whom a leader may invite to a shift, or has invited.
type Invitee struct {
	people.Person
	Reply    domain.Reply
	SignedUp bool
	ZH, EN   string // why they cannot take part; empty: they can
}

// Open reports whether an invitation of this member makes sense.
func (i Invitee) Open() bool { return i.Reply == domain.ReplyNone && !i.SignedUp && i.ZH == "" }

// ListInvitees returns the members of the reader's brigade, by name, with who
// was invited to a shift and what they said. It is for those who lead the
// brigade that posted it, or one that joined; others get NotFound.
func (a *App) ListInvitees(ctx context.Context, shiftID string) (invitees []Invitee, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return err
		}
		invitees, err = a.readInvitees(ctx, q, reader, listing)
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(invitees))
	for i, x := range invitees {
		ids[i] = x.VolunteerID
	}
	names := a.people.Find(ctx, ids)
	for i := range invitees {
		invitees[i].Person = names[invitees[i].VolunteerID]
	}
	invitees = slices.DeleteFunc(invitees, func(i Invitee) bool { return i.Erased })
	slices.SortFunc(invitees, func(x, y Invitee) int { return strings.Compare(x.FullName()+x.VolunteerID, y.FullName()+y.VolunteerID) })
	return invitees, nil
}

func (a *App) readInvitees(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing) ([]Invitee, error) {
	if err := reader.atGate(ctx, q, l, domain.ErrNotPublished); err != nil {
		return nil, err
	}
	ids, err := ownMembers(ctx, q, reader, l)
	if err != nil {
		return nil, err
	}
	persons, err := store.FindPersons(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := slices.Collect(maps.Values(persons))
	takesPart, err := whoTakesPart(ctx, q, l, all...)
	if err != nil {
		return nil, err
	}
	busy, err := store.ListBusy(ctx, q, recordsOf(all), l.Shift)
	if err != nil {
		return nil, err
	}
	invitations, err := store.ListInvitations(ctx, q, []string{l.ID}, recordsOf(all))
	if err != nil {
		return nil, err
	}
	var seats []store.Seat
	for _, p := range all {
		seats = append(seats, personSeats(p, l.ID)...)
	}
	signUps, err := store.ListSignUps(ctx, q, seats)
	invitees := make([]Invitee, len(ids))
	for i, id := range ids {
		p := persons[id]
		x := Invitee{Person: people.Person{VolunteerID: id}}
		var u *domain.SignUp
		if had, ok := signUps[heldSeat(p, store.Seat{ShiftID: l.ID, VolunteerID: id}, signUps)]; ok {
			u, x.SignedUp = &had, had.State.Live()
		}
		x.Reply = invitationOf(p, l.ID, invitations).Reply(u)
		var refusal *apperr.Error
		switch refused := takesPart(p); {
		case errors.As(refused, &refusal):
			x.ZH, x.EN = refusal.Text("zh"), refusal.Text("en")
		case slices.ContainsFunc(p.IDs(), func(record string) bool { return busy[record] }):
			x.ZH, x.EN = ErrBusyThen.Text("zh"), ErrBusyThen.Text("en")
		}
		invitees[i] = x
	}
	return invitees, err
}

// ErrBusyThen is why somebody is not invited who is elsewhere at that time.
var ErrBusyThen = apperr.New(apperr.Conflict, "busy_then", "那个时间有别的活动", "Elsewhere at that time")

// ownMembers returns the members of those brigades that hold a task and that the
// reader leads.
func ownMembers(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing) (ids []string, err error) {
	holders, err := holdersOf(ctx, q, l)
	if err != nil {
		return nil, err
	}
	for _, h := range holders {
		if !reader.leads(h.TeamID) {
			continue
		}
		members, err := store.ListMemberIDs(ctx, q, h.TeamID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, members...)
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), reader.self.Is), nil
}

func invitationOf(p domain.Person, shiftID string, invitations map[store.Seat]domain.Invitation) *domain.Invitation {
	for _, id := range p.IDs() {
		if i, ok := invitations[store.Seat{ShiftID: shiftID, VolunteerID: id}]; ok {
			return &i
		}
	}
	return nil
}

// InviteToShift invites members to a shift: each is told once, whoever invites
// and how often. Who is signed up, was invited, or cannot take part is passed
// over. It returns ErrNotOfTeam when somebody is no member of the reader's
// brigade, NotFound to whoever leads none that holds the activity.
func (a *App) InviteToShift(ctx context.Context, shiftID string, volunteerIDs []string) ([]Invitee, error) {
	type request struct {
		ShiftID      string
		VolunteerIDs []string
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "invite_to_shift", request{shiftID, volunteerIDs}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		listing, err := store.FindListing(ctx, q, shiftID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.invite(ctx, q, reader, listing, volunteerIDs)
	})
	if err != nil {
		return nil, err
	}
	return a.ListInvitees(ctx, shiftID)
}

func (a *App) invite(ctx context.Context, q postgres.Querier, reader crew, l domain.Listing, volunteerIDs []string) error {
	invitees, err := a.readInvitees(ctx, q, reader, l)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	if err := l.Invites(now); err != nil {
		return err
	}
	byID := make(map[string]Invitee, len(invitees))
	for _, i := range invitees {
		byID[i.VolunteerID] = i
	}
	var open []string
	for _, id := range slices.Compact(slices.Sorted(slices.Values(volunteerIDs))) { // in one order: two leaders never wait for each other in a circle
		i, member := byID[id]
		if !member {
			return domain.ErrNotOfTeam
		}
		if i.Open() {
			open = append(open, id)
		}
	}
	if len(open) == 0 {
		return nil
	}
	told, err := store.InsertInvitations(ctx, q, l.ID, reader.VolunteerID, open, now)
	if err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, news(tasksv1.NoticeInvited, l, now, map[string]string{"person": reader.VolunteerID}, told...)...)
}

// DeclineInvitation says that the reader does not come, without a reason. Who
// declined can still sign up. It returns ErrNotInvited when nobody asked.
func (a *App) DeclineInvitation(ctx context.Context, shiftID string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "decline_invitation", shiftID, func(q postgres.Querier) (struct{}, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return struct{}{}, err
		}
		self, err := store.FindPerson(ctx, q, p.VolunteerID)
		if err != nil {
			return struct{}{}, err
		}
		n, err := store.DeclineInvitations(ctx, q, shiftID, self, a.clock.Now())
		if err == nil && n == 0 {
			err = domain.ErrNotInvited
		}
		return struct{}{}, err
	})
	return err
}

// viewInvitations marks the shifts to which the reader is invited and has not
// answered.
func viewInvitations(ctx context.Context, q postgres.Querier, reader crew, views []ShiftView) error {
	ids := make([]string, len(views))
	for i, v := range views {
		ids[i] = v.ID
	}
	invitations, err := store.ListInvitations(ctx, q, ids, reader.self.IDs())
	for i := range views {
		views[i].Invited = invitationOf(reader.self, views[i].ID, invitations).Reply(views[i].SignUp) == domain.ReplyWaits
	}
	return err
}
