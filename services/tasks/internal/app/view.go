package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TaskView is a task as one reader sees it.
type TaskView struct {
	domain.Task
	TeamName      string
	ProgrammeName string
	Mine          bool // the reader leads its team
	Shifts        []ShiftView
}

// ShiftView is a shift as one reader sees it.
type ShiftView struct {
	domain.Listing
	SignUp     *domain.SignUp     // the reader's own; nil without one
	Attendance *domain.Attendance // the reader's own; nil before check-in
	Mine       bool               // the reader leads its team
}

// ShowsContact reports whether the reader sees the contact's phone number:
// it is for those who come and those who lead.
func (v ShiftView) ShowsContact() bool {
	return v.Mine || v.SignUp != nil && v.SignUp.State == domain.SignUpConfirmed
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
	view.TeamName, view.ProgrammeName, err = store.FindTaskNames(ctx, q, t)
	return view, err
}

func (a *App) viewShifts(ctx context.Context, q postgres.Querier, reader crew, listings []domain.Listing) ([]ShiftView, error) {
	seats := make([]store.Seat, len(listings))
	for i, l := range listings {
		seats[i] = store.Seat{ShiftID: l.ID, VolunteerID: reader.VolunteerID}
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
		if u, ok := signUps[seats[i]]; ok {
			views[i].SignUp = &u
		}
		if at, ok := attendances[seats[i]]; ok {
			views[i].Attendance = &at
		}
	}
	return views, nil
}
