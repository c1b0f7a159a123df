package app

import (
	"context"
	"fmt"
	"iter"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LoadDemo fills the empty tables with this service's share of a demo city, in
// one transaction. Nothing is told: the other services load the same facts.
func LoadDemo(ctx context.Context, db *postgres.DB, city *demo.City) error {
	return db.InTx(ctx, func(q postgres.Querier) error {
		if err := loadKnown(ctx, q, city); err != nil {
			return err
		}
		err := postgres.InBulk(ctx, q, []string{"tasks", "shifts", "sign_ups", "attendances", "certificates"}, func() error {
			return loadTasks(ctx, q, city)
		})
		if err != nil {
			return err
		}
		return store.Analyze(ctx, q)
	})
}

// tasksAtOnce is how many tasks are written before their shifts, sign-ups and
// attendances are: so many that a COPY costs nothing, so few that memory holds
// them. Each task is written out once, not once for every table.
const tasksAtOnce = 500

func loadTasks(ctx context.Context, q postgres.Querier, city *demo.City) error {
	chunk := make([]demo.Task, 0, tasksAtOnce)
	for t := range city.Tasks() {
		if chunk = append(chunk, t); len(chunk) < tasksAtOnce {
			continue
		}
		if err := loadChunk(ctx, q, chunk); err != nil {
			return err
		}
		chunk = chunk[:0]
	}
	return loadChunk(ctx, q, chunk)
}

func loadChunk(ctx context.Context, q postgres.Querier, tasks []demo.Task) error {
	if _, err := store.CopyTasks(ctx, q, demoTasks(tasks)); err != nil {
		return err
	}
	if _, err := store.CopyShifts(ctx, q, demoShifts(tasks)); err != nil {
		return err
	}
	if _, err := store.CopySignUps(ctx, q, demoSignUps(tasks)); err != nil {
		return err
	}
	if _, err := store.CopyAttendances(ctx, q, demoAttendances(tasks)); err != nil {
		return err
	}
	_, err := store.CopyCertificates(ctx, q, demoCertificates(tasks))
	return err
}

func loadKnown(ctx context.Context, q postgres.Querier, city *demo.City) error {
	programmes := make([]domain.Programme, len(city.Programmes))
	for i, p := range city.Programmes {
		programmes[i] = domain.Programme{ID: p.ID, Name: p.Name, Position: i + 1, Version: 1}
	}
	if _, err := store.InsertProgrammes(ctx, q, programmes); err != nil {
		return err
	}
	for _, s := range domain.FirstSettings(programmes, city.Day) {
		if err := store.InsertSetting(ctx, q, s); err != nil {
			return err
		}
	}
	teams := make([]domain.KnownTeam, len(city.Teams))
	for i, t := range city.Teams {
		teams[i] = domain.KnownTeam{
			TeamID: t.ID, Name: t.Name, RegionPath: t.RegionPath, ReportingUnit: t.ReportingUnit, State: "active", Version: 1,
		}
	}
	if err := store.UpsertTeams(ctx, q, teams); err != nil {
		return err
	}
	memberships := make([]domain.KnownMembership, len(city.Memberships))
	for i, m := range city.Memberships {
		memberships[i] = domain.KnownMembership{
			MembershipID: m.ID, TeamID: m.TeamID, VolunteerID: m.VolunteerID, Role: m.Role, State: "active", Version: 1,
		}
	}
	return store.UpsertMemberships(ctx, q, memberships)
}

func demoTasks(tasks []demo.Task) iter.Seq[domain.Task] {
	return func(yield func(domain.Task) bool) {
		for _, t := range tasks {
			kind := domain.KindService
			if t.Training {
				kind = domain.KindTraining
			}
			if !yield(domain.Task{
				ID: t.ID, TeamID: t.TeamID, ProgrammeID: t.ProgrammeID, CreatedBy: t.CreatedBy, Kind: kind, SessionsNeeded: t.SessionsNeeded,
				Details: domain.Details{
					Title: t.Title, Description: t.Description, Place: t.Place, Latitude: t.Latitude, Longitude: t.Longitude,
					Risks: t.Risks, Risky: t.Risky, Insurance: t.Insurance, Bring: t.Bring, ContactName: t.ContactName, ContactPhone: t.ContactPhone,
				},
				State: domain.TaskPublished, CreatedAt: t.PublishedAt, PublishedAt: t.PublishedAt, Version: 2,
			}) {
				return
			}
		}
	}
}

func demoShifts(tasks []demo.Task) iter.Seq[domain.Shift] {
	return func(yield func(domain.Shift) bool) {
		for _, t := range tasks {
			for _, d := range t.Shifts {
				if !yield(demoShift(t, d)) {
					return
				}
			}
		}
	}
}

// demoShift makes a shift as a leader's posting would, then moves it to where
// the demo city has it.
func demoShift(t demo.Task, d demo.Shift) domain.Shift {
	s, err := domain.NewShift(t.ID, d.StartsAt, d.EndsAt, d.Capacity)
	if err != nil {
		panic(fmt.Sprintf("the demo city has a shift that nobody could post: %v", err)) // shared/demo's tests exclude it
	}
	s.ID, s.Taken = d.ID, len(d.SignUps)
	if !d.ConfirmedAt.IsZero() {
		s.State, s.PeopleServed, s.ConfirmedAt, s.Version = domain.ShiftConfirmed, d.PeopleServed, d.ConfirmedAt, 2
	}
	return s
}

func demoSignUps(tasks []demo.Task) iter.Seq[domain.SignUp] {
	return func(yield func(domain.SignUp) bool) {
		for shift, u := range seatsOf(tasks) {
			signUp := domain.SignUp{
				ID: u.ID, ShiftID: shift.ID, VolunteerID: u.VolunteerID, State: domain.SignUpConfirmed, SignedUpAt: u.SignedUpAt, Version: 1,
			}
			if shift.ConfirmedAt.IsZero() { // nothing is told: thousands of reminders would be, at the first start
				signUp.RemindedDay, signUp.RemindedSoon = shift.StartsAt, shift.StartsAt
			}
			if !yield(signUp) {
				return
			}
		}
	}
}

func demoAttendances(tasks []demo.Task) iter.Seq[domain.Attendance] {
	return func(yield func(domain.Attendance) bool) {
		for shift, u := range seatsOf(tasks) {
			if u.Attendance != nil && !yield(demoAttendance(shift, u)) {
				return
			}
		}
	}
}

// methodOf is how an attendance of a grade is usually proved.
var methodOf = map[string]domain.Method{"A": domain.MethodLink, "B": domain.MethodTap}

func demoAttendance(shift demo.Shift, u demo.SignUp) domain.Attendance {
	d, method := u.Attendance, methodOf[u.Attendance.Verification]
	return domain.Attendance{
		ID: d.ID, ShiftID: shift.ID, VolunteerID: u.VolunteerID, State: domain.AttendanceConfirmed,
		CheckedInAt: d.CheckedIn, InMethod: method, CheckedOutAt: d.CheckOut, OutMethod: method,
		Verification: domain.Verification(d.Verification), From: d.From, To: d.To, Minutes: d.Minutes,
		ConfirmedBy: d.ConfirmedBy, ConfirmedAt: shift.ConfirmedAt, Version: 3,
	}
}

func demoCertificates(tasks []demo.Task) iter.Seq[domain.Certificate] {
	return func(yield func(domain.Certificate) bool) {
		for _, t := range tasks {
			for _, c := range t.Certificates {
				if !yield(domain.Certificate{
					ID: c.ID, Number: c.Number, TaskID: t.ID, VolunteerID: c.VolunteerID, CompletedOn: domain.DayOf(c.CompletedOn), IssuedAt: c.IssuedAt,
				}) {
					return
				}
			}
		}
	}
}

func seatsOf(tasks []demo.Task) iter.Seq2[demo.Shift, demo.SignUp] {
	return func(yield func(demo.Shift, demo.SignUp) bool) {
		for _, t := range tasks {
			for _, s := range t.Shifts {
				for _, u := range s.SignUps {
					if !yield(s, u) {
						return
					}
				}
			}
		}
	}
}
