package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TaskView is a task as one reader sees it.
type TaskView struct {
	domain.Task
	TeamName      string
	ProgrammeName string
	Mine          bool              // the reader leads its team
	Setting       domain.Setting    // what its programme asks on the day
	Grant         domain.ClassGrant // of a class: what whoever completes it is given
	Shifts        []ShiftView
	Teams         []domain.JointTeam // that joined; for the host all that were asked, and each sees its own
	Led           map[string]bool    // those of Teams that the reader leads
	Credits       Standing           // which brigade has the reader's hours; only where several hold it
	Photos        []domain.Photo     // of the task itself
}

// ShiftView is a shift as one reader sees it.
type ShiftView struct {
	domain.Listing
	SignUp     *domain.SignUp      // the reader's own; nil without one
	InLine     int                 // the reader's place on the waiting list, from 1; 0 when not on it
	Attendance *domain.Attendance  // the reader's own; nil before check-in
	Mine       bool                // the reader leads its team
	Helps      bool                // the reader leads a team that joined it
	Stretches  []domain.Attendance // what the reader did, where there are no fixed hours; known to FindPresence only
	SwapUntil  time.Time           // until when the reader's link for changing places is good; likewise
	Invited    bool                // a leader invited the reader, who has not answered; known on a task's own page only
}

// ShowsContact reports whether the reader sees the contact's phone number:
// it is for those who come and those who lead.
func (v ShiftView) ShowsContact() bool {
	return v.Mine || v.Helps || v.SignUp != nil && v.SignUp.State == domain.SignUpConfirmed
}

func (a *App) viewTask(ctx context.Context, q postgres.Querier, reader crew, t domain.Task) (TaskView, error) {
	listings, err := store.ListListings(ctx, q, domain.ListingFilter{TaskID: t.ID, Drafts: true})
	if err != nil {
		return TaskView{}, err
	}
	view := TaskView{Task: t, Mine: reader.leads(t.TeamID)}
	if view.Shifts, err = a.viewShifts(ctx, q, reader, listings); err != nil {
		return TaskView{}, err
	}
	var on []domain.Shift
	if len(listings) > 0 {
		on = append(on, listings[0].Shift)
	}
	if view.Setting, err = a.settingOf(ctx, q, t, on); err != nil {
		return TaskView{}, err
	}
	if err := a.viewSwaps(ctx, q, view.Shifts); err != nil {
		return TaskView{}, err
	}
	if err := viewInvitations(ctx, q, reader, view.Shifts); err != nil {
		return TaskView{}, err
	}
	if err := a.viewJoint(ctx, q, reader, &view); err != nil {
		return TaskView{}, err
	}
	if view.Photos, err = store.ListTaskPhotos(ctx, q, t.ID); err != nil {
		return TaskView{}, err
	}
	view.Photos = slices.DeleteFunc(view.Photos, func(p domain.Photo) bool { return !p.TakenDownAt.IsZero() })
	if t.Kind == domain.KindTraining {
		view.Setting.Needs = nil
		if view.Grant, err = store.FindClassGrant(ctx, q, t.ID); err != nil {
			return TaskView{}, err
		}
	}
	view.TeamName, view.ProgrammeName, err = store.FindTaskNames(ctx, q, t)
	return view, err
}

// viewJoint fills in with which brigades an activity is held, as far as it
// concerns the reader.
func (a *App) viewJoint(ctx context.Context, q postgres.Querier, reader crew, view *TaskView) error {
	teams, err := store.ListTaskTeams(ctx, q, view.ID)
	if err != nil || len(teams) == 0 {
		return err
	}
	view.Led = map[string]bool{}
	joined := false
	for _, j := range teams {
		led := reader.leads(j.TeamID)
		joined = joined || j.State == domain.JointJoined
		if j.State == domain.JointJoined || view.Mine || led && j.State != domain.JointWithdrawn {
			view.Teams, view.Led[j.TeamID] = append(view.Teams, j), led
		}
	}
	for i := range view.Shifts {
		view.Shifts[i].Helps = !view.Mine && slices.ContainsFunc(view.Teams, func(j domain.JointTeam) bool { return j.State == domain.JointJoined && view.Led[j.TeamID] })
	}
	if joined {
		view.Credits, err = a.standingOf(ctx, q, view.ID, reader.self)
	}
	return err
}

func (a *App) viewShifts(ctx context.Context, q postgres.Querier, reader crew, listings []domain.Listing) ([]ShiftView, error) {
	var seats []store.Seat
	for _, l := range listings {
		seats = append(seats, personSeats(reader.self, l.ID)...)
	}
	signUps, err := store.ListSignUps(ctx, q, seats)
	if err != nil {
		return nil, err
	}
	attendances, err := store.ListAttendances(ctx, q, seats)
	if err != nil {
		return nil, err
	}
	views := make([]ShiftView, len(listings))
	for i, l := range listings {
		views[i] = ShiftView{Listing: l, Mine: reader.leads(l.TeamID)}
		seat := heldSeat(reader.self, store.Seat{ShiftID: l.ID, VolunteerID: reader.VolunteerID}, signUps)
		if u, ok := signUps[seat]; ok {
			views[i].SignUp = &u
		}
		if at, ok := attendances[seat]; ok {
			views[i].Attendance = &at
		}
	}
	return views, findPlaces(ctx, q, views)
}

// findPlaces fills in the places on waiting lists.
func findPlaces(ctx context.Context, q postgres.Querier, views []ShiftView) error {
	var waiting []string
	for _, v := range views {
		if v.SignUp != nil && v.SignUp.State == domain.SignUpWaitlisted {
			waiting = append(waiting, v.SignUp.ID)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	places, err := store.CountAhead(ctx, q, waiting)
	for i, v := range views {
		if v.SignUp != nil {
			views[i].InLine = places[v.SignUp.ID]
		}
	}
	return err
}

// personSeats returns the seats that a person could have at a shift: one for each
// record of theirs.
func personSeats(p domain.Person, shiftID string) []store.Seat {
	var seats []store.Seat
	for _, id := range p.IDs() {
		seats = append(seats, store.Seat{ShiftID: shiftID, VolunteerID: id})
	}
	return seats
}

// heldSeat returns the seat that a person holds or waits for at a shift: the own
// one, unless they are signed up under another record of theirs only. What was
// begun under a record that became part of another one is ended under it.
func heldSeat(p domain.Person, own store.Seat, signUps map[store.Seat]domain.SignUp) store.Seat {
	seats := append([]store.Seat{own}, personSeats(p, own.ShiftID)...)
	for _, is := range []func(domain.SignUpState) bool{
		func(s domain.SignUpState) bool { return s == domain.SignUpConfirmed }, domain.SignUpState.Live,
	} {
		for _, seat := range seats {
			if is(signUps[seat].State) {
				return seat
			}
		}
	}
	return own
}
