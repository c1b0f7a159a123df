package api_test

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/peopletest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// site is the service's HTTP face on a database of its own, with two brigades.
type site struct {
	*app.App
	t         testing.TB
	db        *pgtest.DB
	clock     *clock.Shifted
	signer    *auth.Signer
	names     *peopletest.Teams
	server    http.Handler
	programme string
	ours      brigade
	theirs    brigade
}

// brigade is a team with who leads it.
type brigade struct{ team, leader string }

// newSite returns a site whose clock shows 8:30 of a Monday in Hebi.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{
		t: t, db: pgtest.New(t, "tasks", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set()),
		clock: &clock.Shifted{}, names: peopletest.Start(t), ours: brigade{id.New(), id.New()}, theirs: brigade{id.New(), id.New()},
	}
	s.clock.SetTo(time.Date(2026, time.November, 23, 8, 30, 0, 0, clock.City))
	_, key, err := ed25519.GenerateKey(nil)
	s.must(err)
	s.signer = auth.NewSigner(key, s.clock)
	verifier := auth.NewVerifier(s.signer.PublicKeys(), s.clock)

	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	s.must(err)
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory(s.names.URL, "", b, quiet) // who is not known there is 志愿者
	s.must(err)
	s.App = app.New(s.db.DB, s.clock, verifier, directory, quiet)
	t.Cleanup(s.Close)
	server := httpserver.New(httpserver.Config{Service: "tasks", Log: quiet, Verifier: verifier, Ready: s.db.Ping})
	s.must(api.Register(server, s.App, s.clock))
	s.server = server
	s.settle()
	return s
}

// settle tells the service of the brigades and who leads them, as teams would.
func (s *site) settle() {
	ctx := s.t.Context()
	s.must(s.EnsureProgrammes(ctx))
	s.must(s.db.InTx(ctx, func(q postgres.Querier) error {
		for _, b := range []brigade{s.ours, s.theirs} {
			s.must(s.RememberTeams(ctx, q, []teamsv1.TeamChanged{{
				TeamID: b.team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", ReportingUnit: "淇滨区", State: "active", Version: 1,
			}}))
			s.must(s.RememberMemberships(ctx, q, []teamsv1.MembershipChanged{
				{MembershipID: id.New(), TeamID: b.team, VolunteerID: b.leader, Role: "leader", State: "active", Version: 1},
			}))
		}
		return nil
	}))
	programmes, err := s.ListProgrammes(s.as(s.ours.leader))
	s.must(err)
	s.programme = programmes[1].ID // 保护淇河
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// as returns a context on behalf of the volunteer.
func (s *site) as(volunteerID string) context.Context {
	return auth.With(s.t.Context(), auth.Principal{VolunteerID: volunteerID})
}

// draft is a task of the brigade with one shift, from half an hour ahead for two hours and a half.
func (s *site) draft(b brigade) app.TaskView { return s.draftAt(b, 30*time.Minute) }

// draftAt is the same with another beginning.
func (s *site) draftAt(b brigade, ahead time.Duration) app.TaskView {
	s.t.Helper()
	start := s.clock.Now().Add(ahead).Truncate(time.Minute)
	task, err := s.CreateTask(s.as(b.leader), app.NewTask{
		TeamID: b.team, ProgrammeID: s.programme,
		Details: domain.Details{
			Title: "淇河岸边捡拾垃圾", Place: "淇水湾东门", Risks: "岸边湿滑，请穿防滑鞋", ContactName: "王秀英", ContactPhone: "13800000000",
		},
		Shifts: []app.NewShift{{StartsAt: start, EndsAt: start.Add(150 * time.Minute), Capacity: 5000}},
	})
	s.must(err)
	return task
}

// shift is one that everybody sees.
func (s *site) shift(b brigade) app.ShiftView {
	s.t.Helper()
	task, err := s.PublishTask(s.as(b.leader), s.draft(b).ID)
	s.must(err)
	return task.Shifts[0]
}

// running is one that began two hours ago.
func (s *site) running(b brigade) app.ShiftView {
	s.t.Helper()
	task, err := s.PublishTask(s.as(b.leader), s.draftAt(b, -2*time.Hour).ID)
	s.must(err)
	return task.Shifts[0]
}

// signUp gives somebody new a seat.
func (s *site) signUp(shift app.ShiftView) domain.SignUp {
	s.t.Helper()
	u, err := s.SignUp(s.as(id.New()), shift.ID)
	s.must(err)
	return u
}

// attended is somebody's attendance whom the leader saw come and go.
func (s *site) attended(b brigade, shift app.ShiftView) domain.Attendance {
	s.t.Helper()
	u := s.signUp(shift)
	tap := func(kind domain.ClaimKind) domain.Attendance {
		result, err := s.CreateClaim(s.as(b.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, VolunteerID: u.VolunteerID})
		s.must(err)
		return *result.Attendance
	}
	tap(domain.ClaimIn)
	return tap(domain.ClaimOut)
}

// ticket is what the portal vouches for when the leader's code is scanned now.
func (s *site) ticket(shift app.ShiftView) string {
	s.t.Helper()
	ticket, err := s.signer.Ticket(shift.ID, shift.Key.Code(shift.ID, s.clock.Now()), "")
	s.must(err)
	return ticket
}
