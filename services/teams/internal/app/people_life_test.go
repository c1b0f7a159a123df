package app_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

func TestRegister(t *testing.T) {
	t.Parallel()
	give := func(w *given.World, t *testing.T, phone domain.Phone) app.Registration {
		return app.Registration{Phone: string(phone), Code: w.RegistrationCode(t, phone), Name: "周 红梅", RegionCode: "410621100", Adult: true}
	}
	t.Run("somebody new gets a record, a number and a session, and all are told", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		me, secret, err := w.App.Register(t.Context(), give(w, t, "15900000001"))
		if err != nil || secret == "" {
			t.Fatal(err)
		}
		if v := me.Volunteer; v.Name != "周红梅" || v.State != domain.VolunteerActive || v.Number[:4] != "HB26" || v.RegionCode != "410621100" || v.Minor {
			t.Errorf("%+v", v)
		}
		if events := w.Outbox(t); len(events) != 1 || events[0].Subject != "teams.v1.volunteer.changed" {
			t.Error(events)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'volunteer.registered'"); n != 1 {
			t.Error(n)
		}
	})
	t.Run("whoever has the number already is signed in, and nothing else happens", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		me, _, err := w.App.Register(t.Context(), give(w, t, v.Phone))
		if err != nil || me.Volunteer.ID != v.ID || me.Volunteer.Name != v.Name || len(w.Outbox(t)) != 0 {
			t.Error(me.Volunteer, err)
		}
	})
	t.Run("a wrong code makes nothing, and a code to sign in does not reach an unknown number", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		r := give(w, t, "15900000001")
		r.Code = given.Wrong(r.Code)
		if _, _, err := w.App.Register(t.Context(), r); !errors.Is(err, domain.ErrWrongCode) {
			t.Error(err)
		}
		if _, err := w.App.AskCode(t.Context(), "15900000002", here); err != nil {
			t.Fatal(err)
		}
		w.App.Wait()
		if got := w.Phones.Messages("15900000002"); len(got) != 0 {
			t.Error(got)
		}
	})
	t.Run("the right code of somebody who is not registered does not sign in", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		if _, _, err := w.App.SignIn(t.Context(), "15900000001", w.RegistrationCode(t, "15900000001")); !errors.Is(err, domain.ErrNotRegistered) {
			t.Error(err)
		}
	})
	t.Run("a minor waits for a guardian, and comes of age by the clock", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		r := give(w, t, "15900000001")
		r.Adult = false
		if _, _, err := w.App.Register(t.Context(), r); !errors.Is(err, domain.ErrAdultTold) {
			t.Fatal(err)
		}
		r.IDNumber = given.IDNumber("41062120081124", 7) // eighteen tomorrow
		me, _, err := w.App.Register(t.Context(), r)
		if err != nil || me.Volunteer.State != domain.VolunteerWaiting || !me.Volunteer.Minor {
			t.Fatal(me.Volunteer, err)
		}
		var states []string
		for range 2 {
			if err := w.App.ComeOfAge(t.Context()); err != nil {
				t.Fatal(err)
			}
			states = append(states, given.Value[string](t, w, "SELECT state || CASE WHEN minor THEN ', minor' ELSE '' END FROM volunteers"))
			w.Clock.Leap(24 * time.Hour) // the program may have been away meanwhile
		}
		if diff := cmp.Diff([]string{"waiting, minor", "active"}, states); diff != "" {
			t.Error(diff)
		}
		events := w.Outbox(t)
		var told teamsv1.VolunteerChanged
		if err := json.Unmarshal(events[len(events)-1].Body, &told); err != nil || told.Minor || len(events) != 2 {
			t.Error(told, err)
		}
	})
	t.Run("an identity paper that is registered is refused, and the try costs the code", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		number := given.IDNumber("41062119700101", 7)
		w.Volunteer(t, func(v *domain.Volunteer) { v.IDKind, v.IDNumber = domain.IDResident, number })
		r := give(w, t, "15900000001")
		r.IDNumber = number
		for _, want := range []error{domain.ErrIDTaken, domain.ErrCodeSpent} {
			if _, _, err := w.App.Register(t.Context(), r); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
	})
}

func TestGuardianConsent(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, leader := w.Team(t), w.Volunteer(t)
	w.Member(t, team, leader, domain.RoleLeader)
	v := w.Volunteer(t)
	w.Member(t, team, v, domain.RoleMember)
	v = w.Minor(t, v)
	paper := app.GuardianDraft{Name: "李秀兰", Phone: "13700000001", Relation: "mother", FormNumber: "1", ArchivedAt: "柜"}
	var got []domain.VolunteerState
	record, err := w.App.RecordGuardianConsent(given.As(t, leader), v.ID, paper)
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, record.Volunteer.State)
	if record, err = w.App.WithdrawGuardianConsent(given.As(t, leader), v.ID); err != nil {
		t.Fatal(err)
	}
	got = append(got, record.Volunteer.State)
	if diff := cmp.Diff([]domain.VolunteerState{domain.VolunteerUnclaimed, domain.VolunteerWaiting}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := w.App.RecordGuardianConsent(given.As(t, v), v.ID, paper); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("a minor recorded the own guardian: %v", err)
	}
	if sealed := given.Value[bool](t, w, "SELECT bool_and(position('李秀兰'::bytea IN guardian_name) = 0) FROM guardian_consents"); !sealed {
		t.Error("the guardian's name can be read in the table")
	}
}

func TestMergeVolunteers(t *testing.T) {
	t.Parallel()
	t.Run("memberships, phone and pointers move, sessions end, and all are told", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, other, officer := w.Team(t), w.Team(t), w.Volunteer(t)
		survivor := w.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State = "", domain.VolunteerUnclaimed })
		gone := w.Volunteer(t)
		w.Member(t, team, survivor, domain.RoleMember)
		w.Member(t, team, gone, domain.RoleLeader)
		w.Member(t, other, gone, domain.RoleMember)
		before := w.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, gone.ID })
		secret, _, _ := givenSession(t, w, gone)
		record, err := w.App.MergeVolunteers(given.As(t, officer, county), survivor.ID, gone.ID, "registered_twice")
		if err != nil {
			t.Fatal(err)
		}
		if v := record.Volunteer; v.Phone != gone.Phone || v.State != domain.VolunteerActive {
			t.Errorf("%+v", v)
		}
		if len(record.Teams) != 2 || record.Teams[0].TeamID != team.ID || record.Teams[0].Role != "leader" {
			t.Errorf("%+v", record.Teams)
		}
		if _, err := w.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
			t.Error(err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM volunteers WHERE merged_into = $1 AND phone_index IS NULL", survivor.ID); n != 2 {
			t.Errorf("%d records point to the survivor", n)
		}
		people, err := w.App.FindPeople(t.Context(), []string{before.ID})
		if err != nil || people[0].Survivor.ID != survivor.ID {
			t.Error(people, err)
		}
	})
	t.Run("what one record said as guardian of the other counts no more", func(t *testing.T) {
		t.Parallel()
		for name, way := range map[string]func(minor, leader domain.Volunteer) (survivor, gone string){
			"into the leader's": func(minor, leader domain.Volunteer) (string, string) { return leader.ID, minor.ID },
			"into the minor's":  func(minor, leader domain.Volunteer) (string, string) { return minor.ID, leader.ID },
		} {
			w := given.New(t)
			home := func(v *domain.Volunteer) { v.RegionCode = "410621" }
			minor, leader, officer := w.Volunteer(t, home), w.Volunteer(t, home), w.Volunteer(t)
			w.Consent(t, minor, leader)
			survivor, gone := way(minor, leader)
			if _, err := w.App.MergeVolunteers(given.As(t, officer, county), survivor, gone, "registered_twice"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if n := given.Value[int](t, w, "SELECT count(*) FROM guardian_consents WHERE withdrawn_at IS NULL"); n != 0 {
				t.Errorf("%s: %d count", name, n)
			}
		}
	})
	t.Run("of merges that cross one happens", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := w.Volunteer(t)
		home := func(v *domain.Volunteer) { v.RegionCode = "410621" }
		one, two := w.Volunteer(t, home), w.Volunteer(t, home)
		ctx := given.As(t, officer, county)
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i, pair := range [][2]string{{one.ID, two.ID}, {two.ID, one.ID}} {
			wg.Go(func() { _, errs[i] = w.App.MergeVolunteers(ctx, pair[0], pair[1], "other") })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), domain.ErrRecordClosed) {
			t.Error(errs)
		}
	})
	t.Run("nobody joins a team under a record that is merged", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		survivor := w.Volunteer(t)
		gone := w.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, survivor.ID })
		_, err := w.DB.Owner(t).ExecContext(t.Context(), `INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, version)
			VALUES (gen_random_uuid(), $1, $2, 'member', 'active', now(), 1)`, w.Team(t).ID, gone.ID)
		if err == nil {
			t.Error("somebody did")
		}
	})
	t.Run("an own record, an officer's, and two people are refused", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		home := func(v *domain.Volunteer) { v.RegionCode = "410621" }
		officer, survivor, gone := w.Volunteer(t, home), w.Volunteer(t, home), w.Volunteer(t, home)
		w.Grant(t, gone)
		paper := func(serial int) func(*domain.Volunteer) {
			return func(v *domain.Volunteer) {
				v.IDKind, v.IDNumber = domain.IDResident, given.IDNumber("41062119700101", serial)
			}
		}
		one, two := w.Volunteer(t, home, paper(1)), w.Volunteer(t, home, paper(3))
		ctx := given.As(t, officer, county)
		for want, pair := range map[error][2]string{
			domain.ErrOwnMerge: {officer.ID, survivor.ID}, domain.ErrHoldsGrant: {survivor.ID, gone.ID},
			domain.ErrTwoPeople: {one.ID, two.ID}, domain.ErrSameRecord: {one.ID, one.ID},
		} {
			if _, err := w.App.MergeVolunteers(ctx, pair[0], pair[1], "other"); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
	})
}

func TestReadVolunteer(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, leader, officer := w.Team(t), w.Volunteer(t), w.Volunteer(t)
	number := given.IDNumber("41062119700101", 7)
	v := w.Volunteer(t, func(v *domain.Volunteer) { v.IDKind, v.IDNumber = domain.IDResident, number })
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, v, domain.RoleMember)
	whole, err := w.App.ReadVolunteer(given.As(t, officer, county), v.ID, "contact")
	if err != nil {
		t.Fatal(err)
	}
	less, err := w.App.ReadVolunteer(given.As(t, leader), v.ID, "contact")
	if err != nil {
		t.Fatal(err)
	}
	want := []app.FullRecord{{Phone: v.Phone, IDKind: domain.IDResident, IDNumber: number}, {Phone: v.Phone}}
	if diff := cmp.Diff(want, []app.FullRecord{whole, less}); diff != "" {
		t.Error(diff)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'volunteer.read' AND volunteer_id = $1 AND reason = 'contact'", v.ID); n != 2 {
		t.Errorf("%d readings are recorded", n)
	}
}

func TestListDoubles(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	called := func(name, region string) func(*domain.Volunteer) {
		return func(v *domain.Volunteer) { v.Name, v.RegionCode = name, region }
	}
	her := w.Volunteer(t, called("王秀英", "410621100"))
	team := w.Team(t)
	w.Member(t, team, her, domain.RoleMember)
	namesake := w.Volunteer(t, called("王秀英", "410621"))
	roster := w.Volunteer(t, called("王秀瑛", "410621100"), func(v *domain.Volunteer) { v.Phone, v.State = "", domain.VolunteerUnclaimed })
	w.Member(t, team, roster, domain.RoleMember)
	w.Volunteer(t, called("王秀瑛", "410621")) // sounds alike, and shares nothing
	elsewhere := w.Volunteer(t, called("王秀英", "410611"))
	w.Volunteer(t, called("王秀英", "410621"), func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, her.ID })
	names := map[string]string{namesake.ID: "namesake", roster.ID: "roster", elsewhere.ID: "elsewhere"}
	for path, want := range map[string][]string{county.RegionPath: {"roster", "namesake"}, "4106/": {"roster", "namesake", "elsewhere"}} {
		officer := given.As(t, w.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: path})
		doubles, err := w.App.ListDoubles(officer, her.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range doubles {
			got = append(got, names[d.ID])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		if signs := doubles[0].Signs; len(signs) != 4 || signs[0] != domain.SignSoundsAlike {
			t.Error(signs)
		}
	}
}

func TestSayAsGuardian(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, leader := w.Team(t), w.Volunteer(t)
	w.Member(t, team, leader, domain.RoleLeader)
	v := w.Volunteer(t)
	w.Member(t, team, v, domain.RoleMember)
	asLeader := given.As(t, leader)
	if _, err := w.App.SayAsGuardian(asLeader, v.ID, domain.RankNeighbours, true, 1); !errors.Is(err, domain.ErrNoMinor) {
		t.Errorf("for an adult: %v", err)
	}
	v = w.Minor(t, v)
	if _, err := w.App.SayAsGuardian(asLeader, v.ID, domain.RankNeighbours, true, 1); !errors.Is(err, domain.ErrNoGuardian) {
		t.Errorf("without a guardian: %v", err)
	}
	w.Consent(t, v, leader)
	consents, err := w.App.SayAsGuardian(asLeader, v.ID, domain.RankNeighbours, true, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c := consents[1]; c.State != domain.ConsentGiven || c.Said[0].SaidBy != domain.SaidByGuardian || c.Said[0].RecordedBy != leader.ID {
		t.Errorf("%+v", c)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'consent.said_by_guardian' AND volunteer_id = $1", v.ID); n != 1 {
		t.Errorf("%d lines in the audit", n)
	}
	if _, err := w.App.WithdrawGuardianConsent(asLeader, v.ID); err != nil {
		t.Fatal(err)
	}
	if given.Value[bool](t, w, "SELECT rank_consent FROM volunteers WHERE id = $1", v.ID) {
		t.Error("the guardian took everything back, and one word still counts")
	}
	w.Clock.Leap(time.Hour)
	w.Consent(t, v, leader)
	if _, err := w.App.SayAsGuardian(asLeader, v.ID, domain.RankNeighbours, true, 1); err != nil {
		t.Fatal(err)
	}
	w.Clock.Leap(4 * 365 * 24 * time.Hour)
	if err := w.App.ComeOfAge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if given.Value[bool](t, w, "SELECT rank_consent OR minor FROM volunteers WHERE id = $1", v.ID) {
		t.Error("what the guardian said counts for a grown-up")
	}
}

func TestSignOutPerson(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	secret, _, asHerself := givenSession(t, w, v)
	if err := w.App.SignOutPerson(asHerself, v.ID, "other"); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("by herself: %v", err)
	}
	if err := w.App.SignOutPerson(given.As(t, w.Volunteer(t), county), v.ID, "lost_phone"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
		t.Error(err)
	}
}
