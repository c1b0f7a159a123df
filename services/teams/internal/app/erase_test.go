package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	canaryName  = "卡娜丽"
	canaryPhone = "13987650123"
	canaryID    = "11010519491231002X"
)

// givenCanary is a person all of whose data is easy to recognise, in
// everything that a person is part of.
func givenCanary(t *testing.T, w *given.World) (v domain.Volunteer, secret string) {
	t.Helper()
	v = w.Volunteer(t, func(v *domain.Volunteer) {
		v.Name, v.Phone, v.RegionCode, v.State = canaryName, canaryPhone, "410621100", domain.VolunteerActive
		v.IDKind, v.IDNumber, v.Sex = domain.IDResident, canaryID, "female"
	})
	w.Volunteer(t, func(gone *domain.Volunteer) { // a second record of hers
		gone.Name, gone.Phone, gone.RegionCode, gone.State, gone.MergedInto = canaryName, "", "410621100", domain.VolunteerMerged, v.ID
	})
	w.Member(t, w.Team(t), v, domain.RoleDeputy)
	w.Grant(t, v)
	_, secret, err := w.App.SignIn(idempotency.WithKey(t.Context(), id.New()), string(v.Phone), w.Code(t, v.Phone))
	if err != nil {
		t.Fatal(err)
	}
	asked, err := w.App.MyConsents(given.As(t, v))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range asked {
		if _, err := w.App.SetConsent(idempotency.WithKey(given.As(t, v), id.New()), c.Purpose, true, c.Text.Version); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.App.ClaimQualification(given.As(t, v), domain.Paper{Kind: "lawyer", Issuer: "河南省司法厅", Number: "A-" + canaryID, IssuedOn: "2026-05-01"}); err != nil {
		t.Fatal(err)
	}
	office := given.As(t, w.Volunteer(t), county)
	if _, err := w.App.RecordTraining(office, v.ID, domain.TrainingDraft{Title: canaryName + "带队的培训", Organiser: "浚县妇联", HeldOn: "2026-05-01", Minutes: 90}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.RecordHonour(office, v.ID, domain.HonourDraft{Title: "最美志愿者" + canaryName, Level: "county", Issuer: "浚县妇联", AwardedOn: "2026-05-01"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.AskCode(idempotency.WithKey(t.Context(), id.New()), string(v.Phone), "192.0.2.9"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.ExportMe(given.As(t, v), "json", &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	return v, secret
}

// traces returns where in the database something of the canary can be read.
func traces(t *testing.T, w *given.World) []string {
	t.Helper()
	index := fmt.Sprintf("%x", store.PhoneIndex(w.Vault, canaryPhone))
	idIndex := fmt.Sprintf("%x", store.IDIndex(w.Vault, canaryID))
	found := []string{}
	for _, table := range tables(t, w, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`) {
		text := given.Value[string](t, w, `SELECT COALESCE(string_agg(x::text, E'\n'), '') FROM `+table+` x`)
		for what, canary := range map[string]string{"name": canaryName, "phone": canaryPhone, "masked phone": "139****0123", "id": canaryID, "initials": "knl", "phone index": index, "id index": idIndex} {
			if strings.Contains(text, canary) {
				found = append(found, table+": "+what)
			}
		}
	}
	return found
}

func tables(t *testing.T, w *given.World, query string) []string {
	t.Helper()
	names := []string{}
	if err := w.DB.Owner(t).SelectContext(t.Context(), &names, query); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestEraseMe(t *testing.T) {
	t.Parallel()
	t.Run("nothing of the person is left but a number, and everybody is told", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, secret := givenCanary(t, w)
		if len(traces(t, w)) < 4 {
			t.Fatalf("the scan is blind: %v", traces(t, w))
		}
		before := len(w.Outbox(t))
		if err := w.App.EraseMe(given.As(t, v), w.Code(t, v.Phone), " 注销 "); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{}, traces(t, w)); diff != "" {
			t.Error(diff)
		}
		told := map[string]string{}
		for _, e := range w.Outbox(t)[before:] {
			told[e.Subject] = string(e.Body)
		}
		if len(told) != 4 || !strings.Contains(told["teams.v1.volunteer.changed"], `"erased":true`) || strings.Contains(fmt.Sprint(told), "active") {
			t.Errorf("told: %v", told)
		}
		if _, err := w.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("still signed in: %v", err)
		}
		left, err := w.App.FindPeople(t.Context(), []string{v.ID})
		want := domain.Volunteer{ID: v.ID, Number: v.Number, Name: "已注销", State: domain.VolunteerErased, JoinedAt: v.JoinedAt, Version: v.Version + 1 + int64(len(domain.Purposes))}
		if err != nil || len(left) != 1 || !cmp.Equal(want, left[0].Volunteer) {
			t.Error(left, err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM consents c WHERE NOT given"); n != len(domain.Purposes) {
			t.Errorf("%d consents withdrawn", n)
		}
	})
	t.Run("the phone is free for a new person, and the old code is good for nobody", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, _ := givenCanary(t, w)
		code := w.Code(t, v.Phone)
		if err := w.App.EraseMe(given.As(t, v), code, domain.EraseWord); err != nil {
			t.Fatal(err)
		}
		w.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.IDKind, v.IDNumber = canaryPhone, domain.IDResident, canaryID })
		if _, _, err := w.App.SignIn(t.Context(), canaryPhone, code); !errors.Is(err, domain.ErrCodeSpent) {
			t.Error(err)
		}
	})
	t.Run("what does not prove or does not mean it is refused and changes nothing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		leader, member, phoneless := w.Volunteer(t), w.Volunteer(t), w.Volunteer(t, func(v *domain.Volunteer) { v.Phone = "" })
		w.Member(t, w.Team(t), leader, domain.RoleLeader)
		last := w.Volunteer(t)
		w.Grant(t, last, func(g *domain.Grant) { g.Role, g.RegionCode = "administrator", "4106" })
		code := w.Code(t, member.Phone)
		for name, c := range map[string]struct {
			who        domain.Volunteer
			code, word string
			want       error
		}{
			"another word":           {member, code, "注册", domain.ErrEraseWord},
			"a wrong code":           {member, given.Wrong(code), "注销", domain.ErrWrongCode},
			"somebody else's code":   {phoneless, code, "注销", domain.ErrNoPhone},
			"a leader":               {leader, w.Code(t, leader.Phone), "注销", domain.ErrStillLeads},
			"the last administrator": {last, w.Code(t, last.Phone), "注销", domain.ErrLastAdministrator},
		} {
			if err := w.App.EraseMe(given.As(t, c.who), c.code, c.word); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Clock.Leap(domain.CodeLife)
		if err := w.App.EraseMe(given.As(t, member), code, "注销"); !errors.Is(err, domain.ErrCodeSpent) {
			t.Errorf("an old code: %v", err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM volunteers WHERE state <> 'active'"); n != 0 || len(w.Outbox(t)) != 0 {
			t.Errorf("%d changed, told %v", n, w.Outbox(t))
		}
	})
	t.Run("wrong guesses are counted", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		code := w.Code(t, v.Phone)
		for range domain.MaxGuesses {
			_ = w.App.EraseMe(given.As(t, v), given.Wrong(code), "注销")
		}
		if err := w.App.EraseMe(given.As(t, v), code, "注销"); !errors.Is(err, domain.ErrCodeSpent) {
			t.Error(err)
		}
	})
	t.Run("one is told beforehand what to hand over", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		team := w.Team(t)
		w.Member(t, team, v, domain.RoleLeader)
		w.Member(t, w.Team(t, func(team *domain.Team) { team.State = domain.TeamDissolved }), v, domain.RoleLeader)
		leaving, err := w.App.Leaving(given.As(t, v))
		want := app.Leaving{PhoneMasked: v.Phone.Masked(), Leads: []store.TeamOf{{TeamID: team.ID, TeamName: team.Name, Role: "leader"}}}
		if diff := cmp.Diff(want, leaving); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestErasePerson(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	officer := w.Volunteer(t)
	here := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode, v.State, v.Phone = "410621100", domain.VolunteerUnclaimed, "" })
	there := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410611" })
	w.Member(t, w.Team(t), officer, domain.RoleMember)
	ctx := given.As(t, officer, auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
	if err := w.App.ErasePerson(ctx, there.ID, "书面申请"); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("somebody of elsewhere: %v", err)
	}
	if err := w.App.ErasePerson(ctx, officer.ID, "书面申请"); !errors.Is(err, domain.ErrOwnErasure) {
		t.Errorf("oneself: %v", err)
	}
	if err := w.App.ErasePerson(given.As(t, officer, auth.Grant{Role: "viewer", RegionPath: "4106/"}), here.ID, "书面申请"); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("by a viewer: %v", err)
	}
	if err := w.App.ErasePerson(ctx, here.ID, "书面申请第 7 号"); err != nil {
		t.Fatal(err)
	}
	if err := w.App.ErasePerson(ctx, here.ID, "书面申请第 7 号"); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("twice: %v", err)
	}
	if got := given.Value[string](t, w, "SELECT actor_id || ' ' || reason FROM audit_records WHERE act = 'volunteer.erased'"); got != officer.ID+" 书面申请第 7 号" {
		t.Error(got)
	}
}

// TestErasureIsComplete walks the database: whatever points at a person or
// holds something sealed must have a rule, and a place in what a person is
// given about themself. A new table without them fails here.
func TestErasureIsComplete(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	personal := tables(t, w, `
		SELECT DISTINCT table_name FROM information_schema.columns
		WHERE table_schema = 'public' AND (column_name IN ('volunteer_id', 'actor_id', 'phone_index') OR column_name LIKE '%\_sealed')
		UNION
		SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'volunteers'::regclass
		ORDER BY 1`)
	if len(personal) < 8 {
		t.Fatalf("the walk is blind: %v", personal)
	}
	ruled, exported := map[string]bool{}, map[string]bool{}
	for _, rule := range store.ErasureRules {
		ruled[rule.Table] = true
	}
	for _, section := range store.OwnSections {
		for _, table := range section.Tables {
			exported[table] = true
		}
	}
	for _, table := range personal {
		if !ruled[table] {
			t.Errorf("%s holds data of people: say in store.ErasureRules what 注销 does to it", table)
		}
		if !exported[table] && store.NotInOwnData[table] == "" {
			t.Errorf("%s holds data of people: put it into store.OwnSections, or say in store.NotInOwnData why not", table)
		}
	}
	t.Run("the database refuses a tombstone with a name", func(t *testing.T) {
		t.Parallel()
		v := w.Volunteer(t)
		err := w.DB.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), "UPDATE volunteers SET state = 'erased' WHERE id = $1", v.ID)
			return err
		})
		if !postgres.Violated(err, "volunteers_erased_check") {
			t.Error(err)
		}
	})
}
