package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

var ofCounty = auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}

func details() domain.TeamDetails {
	return domain.TeamDetails{Name: "善堂镇石羊村巾帼志愿服务队", RegionCode: "410621100", ReportingUnit: "浚县", Category: "village", Description: "护河、助老"}
}

// told returns what the outbox holds, in short: what a team or membership is now.
func told(t *testing.T, w *given.World) (lines []string) {
	t.Helper()
	for _, e := range w.Outbox(t) {
		var body struct{ State, Role string }
		if err := json.Unmarshal(e.Body, &body); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%s %s%s %d", e.Subject, body.Role, body.State, e.Version))
	}
	return lines
}

func recorded(t *testing.T, w *given.World, teamID string) (acts []string) {
	t.Helper()
	if err := w.DB.Owner(t).Select(&acts, "SELECT act || ' ' || reason FROM audit_records WHERE subject_kind = 'team' AND subject_id = $1 ORDER BY at, id", teamID); err != nil {
		t.Fatal(err)
	}
	return acts
}

// noticed returns what somebody's inbox holds: kinds, oldest first.
func noticed(t *testing.T, w *given.World, v domain.Volunteer) (kinds []string) {
	t.Helper()
	if err := w.DB.Owner(t).Select(&kinds, "SELECT kind FROM notices WHERE volunteer_id = $1 ORDER BY created_at, id", v.ID); err != nil {
		t.Fatal(err)
	}
	return kinds
}

// TestBrigadeLife walks the whole way once: each step changes the brigade,
// leaves a line in the audit and is told.
func TestBrigadeLife(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	founder, officer := w.Volunteer(t), w.Volunteer(t)
	own, office := given.As(t, founder), given.As(t, officer, ofCounty)
	team, err := w.App.FoundTeam(own, details())
	if err != nil {
		t.Fatal(err)
	}
	teamID := team.Team.ID
	steps := []struct {
		name string
		act  func() (app.TeamView, error)
	}{
		{"submitted", func() (app.TeamView, error) { return w.App.SubmitTeam(own, teamID) }},
		{"draft", func() (app.TeamView, error) { return w.App.ReturnTeam(office, teamID, "请写明活动范围") }},
		{"draft", func() (app.TeamView, error) {
			d := details()
			d.Description = "石羊村内护河、助老"
			return w.App.EditTeam(own, teamID, d)
		}},
		{"submitted", func() (app.TeamView, error) { return w.App.SubmitTeam(own, teamID) }},
		{"active", func() (app.TeamView, error) { return w.App.ApproveTeam(office, teamID) }},
		{"suspended", func() (app.TeamView, error) { return w.App.SuspendTeam(office, teamID, "安全检查") }},
		{"active", func() (app.TeamView, error) { return w.App.ResumeTeam(office, teamID, "检查通过") }},
		{"active", func() (app.TeamView, error) { return w.App.DescribeTeam(own, teamID, "护河") }},
		{"dissolved", func() (app.TeamView, error) { return w.App.DissolveTeam(office, teamID, "", "队员外出务工") }},
	}
	for i, step := range steps {
		w.Clock.Leap(time.Hour)
		got, err := step.act()
		if err != nil || string(got.Team.State) != step.name || got.Team.Version != int64(i+2) {
			t.Fatalf("step %d: %s, version %d: %v", i, got.Team.State, got.Team.Version, err)
		}
	}
	wantRecords := []string{
		"team.drafted ", "team.submitted ", "team.returned 请写明活动范围", "team.edited ", "team.submitted ", "team.approved ",
		"team.suspended 安全检查", "team.resumed 检查通过", "team.described ", "team.dissolved 队员外出务工",
	}
	if diff := cmp.Diff(wantRecords, recorded(t, w, teamID)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"team.returned", "team.approved", "team.suspended"}, noticed(t, w, founder)); diff != "" {
		t.Error(diff)
	}
	wantTold := []string{
		"teams.v1.team.changed draft 1", "teams.v1.team.changed submitted 2", "teams.v1.team.changed draft 3", "teams.v1.team.changed draft 4",
		"teams.v1.team.changed submitted 5", "teams.v1.team.changed active 6", "teams.v1.membership.changed leaderactive 1",
		"teams.v1.team.changed suspended 7", "teams.v1.team.changed active 8", "teams.v1.team.changed active 9",
		"teams.v1.team.changed dissolved 10", "teams.v1.membership.changed leaderended 2",
	}
	if diff := cmp.Diff(wantTold, told(t, w)); diff != "" {
		t.Error(diff)
	}
}

func TestFoundTeam(t *testing.T) {
	t.Parallel()
	t.Run("a founder begins three brigades at a time", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t))
		for i := range 4 {
			d := details()
			d.Name = fmt.Sprintf("善堂镇第%d巾帼志愿服务队", i)
			if _, err := w.App.FoundTeam(ctx, d); errors.Is(err, domain.ErrTooManyDrafts) != (i == 3) {
				t.Errorf("%d: %v", i, err)
			}
		}
	})
	t.Run("a name is taken for the ofCounty only, and once a brigade is submitted", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		one, two := given.As(t, w.Volunteer(t)), given.As(t, w.Volunteer(t))
		first, err := w.App.FoundTeam(one, details())
		if err != nil {
			t.Fatal(err)
		}
		second, err := w.App.FoundTeam(two, details()) // drafts take no name
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.SubmitTeam(one, first.Team.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.SubmitTeam(two, second.Team.ID); !errors.Is(err, domain.ErrTeamNameTaken) {
			t.Errorf("the constraint does not hold: %v", err)
		}
		if _, err := w.App.FoundTeam(two, details()); !errors.Is(err, domain.ErrTeamNameTaken) {
			t.Errorf("a new draft is not warned: %v", err)
		}
		elsewhere := details()
		elsewhere.RegionCode = "410611"
		if _, err := w.App.FoundTeam(two, elsewhere); err != nil {
			t.Errorf("another ofCounty: %v", err)
		}
	})
	t.Run("what it names must be there and in use", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t))
		for field, spoil := range map[string]func(*domain.TeamDetails){
			"region_code":    func(d *domain.TeamDetails) { d.RegionCode = "410699" },
			"reporting_unit": func(d *domain.TeamDetails) { d.ReportingUnit = "安阳" },
			"category":       func(d *domain.TeamDetails) { d.Category = "gang" },
			"name":           func(d *domain.TeamDetails) { d.Name = "队" },
		} {
			d := details()
			spoil(&d)
			var refused *apperr.Error
			if _, err := w.App.FoundTeam(ctx, d); !errors.As(err, &refused) || len(refused.Fields) != 1 || refused.Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
	t.Run("a repeated request makes one brigade", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := idempotency.WithKey(given.As(t, w.Volunteer(t)), id.New())
		first, err := w.App.FoundTeam(ctx, details())
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.App.FoundTeam(ctx, details())
		if err != nil || first.Team.ID != again.Team.ID || given.Value[int](t, w, "SELECT count(*) FROM teams") != 1 {
			t.Error(first.Team.ID, again.Team.ID, err)
		}
	})
	t.Run("an officer does not approve what they founded, and moves a brigade only where they look after both places", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofCounty)
		team, err := w.App.FoundTeam(ctx, details())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.SubmitTeam(ctx, team.Team.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.ApproveTeam(ctx, team.Team.ID); !errors.Is(err, domain.ErrOwnTeam) {
			t.Error(err)
		}
		away := details()
		away.RegionCode = "410611"
		if _, err := w.App.EditTeam(ctx, team.Team.ID, away); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
}

func TestApproveAtOnce(t *testing.T) {
	t.Parallel()
	t.Run("two officers at once have one effect", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		founder := w.Volunteer(t)
		team := w.Team(t, func(team *domain.Team) { team.State, team.CreatedBy = domain.TeamSubmitted, founder.ID })
		var approved, late atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			ctx := given.As(t, w.Volunteer(t), ofCounty)
			wg.Go(func() {
				switch _, err := w.App.ApproveTeam(ctx, team.ID); {
				case err == nil:
					approved.Add(1)
				case errors.Is(err, domain.ErrTeamIsActive):
					late.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		members := given.Value[int](t, w, "SELECT count(*) FROM memberships WHERE role = 'leader'")
		if approved.Load() != 1 || late.Load() != 7 || members != 1 || len(w.Outbox(t)) != 2 || len(recorded(t, w, team.ID)) != 1 {
			t.Errorf("%d approved, %d too late, %d leaders, told %v", approved.Load(), late.Load(), members, told(t, w))
		}
	})
	t.Run("a batch approves what it can and lists the rest", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer, founder := w.Volunteer(t), w.Volunteer(t)
		in := func(state domain.TeamState, mods ...func(*domain.Team)) domain.Team {
			return w.Team(t, append(mods, func(team *domain.Team) { team.State = state })...)
		}
		good, own := in(domain.TeamSubmitted), in(domain.TeamSubmitted, func(team *domain.Team) { team.CreatedBy = officer.ID })
		founded := in(domain.TeamSubmitted, func(team *domain.Team) { team.CreatedBy = founder.ID })
		draft, active, abroad := in(domain.TeamDraft), in(domain.TeamActive), in(domain.TeamSubmitted, func(team *domain.Team) { team.RegionCode = "410611" })
		got, err := w.App.ApproveTeams(given.As(t, officer, ofCounty), app.Batch{TeamIDs: []string{good.ID, own.ID, founded.ID, draft.ID, active.ID, abroad.ID, good.ID}})
		if err != nil {
			t.Fatal(err)
		}
		reasons := map[string]string{}
		for _, r := range got.Refused {
			reasons[r.TeamID] = r.Code + " " + r.Name
		}
		want := map[string]string{
			own.ID: "own_team " + own.Name, draft.ID: "team_is_draft " + draft.Name, active.ID: "team_is_active " + active.Name,
			abroad.ID: "no_such_team ", // and no name: it is not theirs to see
		}
		if diff := cmp.Diff(want, reasons); diff != "" || got.Approved != 2 {
			t.Errorf("%d approved; %s", got.Approved, diff)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM memberships WHERE team_id = $1 AND volunteer_id = $2 AND role = 'leader'", founded.ID, founder.ID); n != 1 {
			t.Errorf("the founder is %d times the leader", n)
		}
	})
	t.Run("all of a roster in a ofCounty are approved at once, told in chunks, and the repeat does nothing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for range 12 {
			w.Team(t, func(team *domain.Team) { team.State, team.Imported = domain.TeamSubmitted, true })
		}
		w.Team(t, func(team *domain.Team) {
			team.State, team.Imported, team.RegionCode = domain.TeamSubmitted, true, "410611"
		})
		w.Team(t, func(team *domain.Team) { team.State = domain.TeamSubmitted })
		ctx := idempotency.WithKey(given.As(t, w.Volunteer(t), ofCounty), id.New())
		for range 2 {
			got, err := w.App.ApproveTeams(ctx, app.Batch{RegionCode: "410621"})
			if err != nil || got.Approved != 12 || len(got.Refused) != 0 {
				t.Fatalf("%+v, %v", got, err)
			}
		}
		if waiting := given.Value[int](t, w, "SELECT count(*) FROM teams WHERE state = 'submitted'"); waiting != 2 || len(w.Outbox(t)) != 12 {
			t.Errorf("%d wait, %d told", waiting, len(w.Outbox(t)))
		}
		if got, err := w.App.ApproveTeams(given.As(t, w.Volunteer(t), ofCounty), app.Batch{RegionCode: "410621"}); err != nil || got.Approved != 0 {
			t.Errorf("again: %+v, %v", got, err)
		}
	})
}

func TestDissolveInto(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, next := w.Team(t), w.Team(t)
	leader, both, member, nextLeader := w.Volunteer(t), w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, both, domain.RoleDeputy)
	w.Member(t, team, member, domain.RoleMember)
	w.Member(t, next, nextLeader, domain.RoleLeader)
	w.Member(t, next, both, domain.RoleDeputy)
	if _, err := w.App.HandOver(given.As(t, leader), team.ID, member.ID); err != nil {
		t.Fatal(err)
	}
	got, err := w.App.DissolveTeam(given.As(t, w.Volunteer(t), ofCounty), team.ID, next.ID, "两队合并")
	if err != nil {
		t.Fatal(err)
	}
	if got.Team.SuccessorID != next.ID || got.SuccessorName != next.Name || got.Members != 0 {
		t.Errorf("%+v", got)
	}
	var roles []string
	if err := w.DB.Owner(t).Select(&roles, `
		SELECT role || ' ' || volunteer_id FROM memberships WHERE team_id = $1 AND state = 'active' ORDER BY role, volunteer_id`, next.ID); err != nil {
		t.Fatal(err)
	}
	want := []string{"deputy " + both.ID, "leader " + nextLeader.ID, "member " + leader.ID, "member " + member.ID}
	slices.Sort(want)
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Error(diff)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM memberships WHERE team_id = $1 AND state = 'ended'", team.ID); n != 3 {
		t.Errorf("%d memberships are kept as ended", n)
	}
	if state := given.Value[string](t, w, "SELECT state FROM team_handovers"); state != "withdrawn" {
		t.Errorf("its handover is %s", state)
	}
	if n := len(w.Outbox(t)); n != 1+3+2 {
		t.Errorf("%d events", n)
	}
	t.Run("a dissolved brigade neither takes in another nor comes back", func(t *testing.T) {
		office := given.As(t, w.Volunteer(t), ofCounty)
		if _, err := w.App.DissolveTeam(office, next.ID, team.ID, "合并"); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
		if _, err := w.App.ResumeTeam(office, team.ID, "恢复"); !errors.Is(err, domain.ErrTeamIsDissolved) {
			t.Error(err)
		}
	})
	t.Run("two brigades that become part of each other at once do not wait for each other", func(t *testing.T) {
		one, two := w.Team(t), w.Team(t)
		var done atomic.Int64
		var wg sync.WaitGroup
		for _, pair := range [][2]string{{one.ID, two.ID}, {two.ID, one.ID}} {
			ctx := given.As(t, w.Volunteer(t), ofCounty)
			wg.Go(func() {
				switch _, err := w.App.DissolveTeam(ctx, pair[0], pair[1], "合并"); {
				case err == nil:
					done.Add(1)
				case apperr.KindOf(err) == "":
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 {
			t.Errorf("%d merged", done.Load())
		}
	})
}

func TestHandOver(t *testing.T) {
	t.Parallel()
	type people struct {
		w                   *given.World
		team                domain.Team
		leader, next, other domain.Volunteer
	}
	setting := func(t *testing.T) people {
		w := given.New(t)
		p := people{w: w, team: w.Team(t), leader: w.Volunteer(t), next: w.Volunteer(t), other: w.Volunteer(t)}
		w.Member(t, p.team, p.leader, domain.RoleLeader)
		w.Member(t, p.team, p.next, domain.RoleMember)
		w.Member(t, p.team, p.other, domain.RoleDeputy)
		return p
	}
	roles := func(t *testing.T, p people) (got []string) {
		for _, v := range []domain.Volunteer{p.leader, p.next, p.other} {
			got = append(got, given.Value[string](t, p.w, "SELECT role FROM memberships WHERE team_id = $1 AND volunteer_id = $2 AND state = 'active'", p.team.ID, v.ID))
		}
		return got
	}
	propose := func(t *testing.T, p people) {
		t.Helper()
		if _, err := p.w.App.HandOver(given.As(t, p.leader), p.team.ID, p.next.ID); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("the next leader accepts, and everything goes with it", func(t *testing.T) {
		t.Parallel()
		p := setting(t)
		propose(t, p)
		if diff := cmp.Diff([]string{"leader", "member", "deputy"}, roles(t, p)); diff != "" {
			t.Errorf("a proposal changed something: %s", diff)
		}
		mine, err := p.w.App.MyTeams(given.As(t, p.next))
		if err != nil || len(mine.Offered) != 1 {
			t.Fatal(mine, err)
		}
		got, err := p.w.App.AcceptHandover(given.As(t, p.next), p.team.ID)
		if err != nil || got.LeaderID != p.next.ID || got.Handover != nil {
			t.Fatalf("%+v, %v", got, err)
		}
		if diff := cmp.Diff([]string{"member", "leader", "deputy"}, roles(t, p)); diff != "" {
			t.Error(diff)
		}
		inboxes := map[string][]string{"next": noticed(t, p.w, p.next), "leader": noticed(t, p.w, p.leader)}
		if diff := cmp.Diff(map[string][]string{"next": {"handover.asked"}, "leader": {"handover.done"}}, inboxes); diff != "" {
			t.Error(diff)
		}
		want := []string{"teams.v1.membership.changed memberactive 2", "teams.v1.membership.changed leaderactive 2", "teams.v1.team.handed-over  2"}
		if diff := cmp.Diff(want, told(t, p.w)); diff != "" {
			t.Error(diff)
		}
		if epoch := given.Value[int](t, p.w, "SELECT join_epoch FROM teams WHERE id = $1", p.team.ID); epoch != 1 {
			t.Errorf("join codes of epoch %d", epoch)
		}
		if diff := cmp.Diff([]string{"team.handover_proposed ", "team.handed_over "}, recorded(t, p.w, p.team.ID)); diff != "" {
			t.Error(diff)
		}
		if _, err := p.w.App.AcceptHandover(given.As(t, p.next), p.team.ID); !errors.Is(err, domain.ErrNoHandover) {
			t.Errorf("twice: %v", err)
		}
	})
	t.Run("one proposal at a time; nobody but the one who is asked answers", func(t *testing.T) {
		t.Parallel()
		p := setting(t)
		propose(t, p)
		if _, err := p.w.App.HandOver(given.As(t, p.leader), p.team.ID, p.other.ID); !errors.Is(err, domain.ErrHandoverOpen) {
			t.Error(err)
		}
		for _, v := range []domain.Volunteer{p.other, p.leader, p.w.Volunteer(t)} {
			if _, err := p.w.App.AcceptHandover(given.As(t, v), p.team.ID); !errors.Is(err, domain.ErrNoHandover) {
				t.Error(err)
			}
		}
		if err := p.w.App.DeclineHandover(given.As(t, p.next), p.team.ID); err != nil {
			t.Error(err)
		}
		propose(t, p) // a no ends it
		if _, err := p.w.App.WithdrawHandover(given.As(t, p.leader), p.team.ID); err != nil {
			t.Error(err)
		}
		if _, err := p.w.App.AcceptHandover(given.As(t, p.next), p.team.ID); !errors.Is(err, domain.ErrNoHandover) {
			t.Error(err)
		}
	})
	t.Run("only the leader proposes", func(t *testing.T) {
		t.Parallel()
		p := setting(t)
		for _, ctx := range []context.Context{given.As(t, p.other), given.As(t, p.next), given.As(t, p.w.Volunteer(t), ofCounty)} {
			if _, err := p.w.App.HandOver(ctx, p.team.ID, p.next.ID); !errors.Is(err, domain.ErrNoTeam) {
				t.Error(err)
			}
		}
	})
	t.Run("the office appoints alone, with a reason; a proposal of the leader's is void then", func(t *testing.T) {
		t.Parallel()
		p := setting(t)
		propose(t, p)
		officer := p.w.Volunteer(t)
		p.w.Member(t, p.team, officer, domain.RoleMember)
		ctx := given.As(t, officer, ofCounty)
		if _, err := p.w.App.AppointLeader(ctx, p.team.ID, p.other.ID, " "); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
		if _, err := p.w.App.AppointLeader(ctx, p.team.ID, officer.ID, "队长失联"); !errors.Is(err, domain.ErrAppointSelf) {
			t.Error(err)
		}
		if _, err := p.w.App.AppointLeader(ctx, p.team.ID, p.other.ID, "队长失联"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"member", "member", "leader"}, roles(t, p)); diff != "" {
			t.Error(diff)
		}
		if _, err := p.w.App.AcceptHandover(given.As(t, p.next), p.team.ID); !errors.Is(err, domain.ErrNoHandover) {
			t.Error(err)
		}
	})
	t.Run("acceptance and appointment at once leave one leader", func(t *testing.T) {
		t.Parallel()
		p := setting(t)
		propose(t, p)
		next, office := given.As(t, p.next), given.As(t, p.w.Volunteer(t), ofCounty)
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = p.w.App.AcceptHandover(next, p.team.ID) })
		wg.Go(func() { _, _ = p.w.App.AppointLeader(office, p.team.ID, p.other.ID, "队长失联") })
		wg.Wait()
		if n := given.Value[int](t, p.w, "SELECT count(*) FROM memberships WHERE team_id = $1 AND role = 'leader' AND state = 'active'", p.team.ID); n != 1 {
			t.Errorf("%d leaders", n)
		}
	})
}

func TestListTeams(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	named := func(name string, mods ...func(*domain.Team)) domain.Team {
		return w.Team(t, append(mods, func(team *domain.Team) { team.Name = name })...)
	}
	in := func(state domain.TeamState) func(*domain.Team) { return func(team *domain.Team) { team.State = state } }
	led := named("浚县大伾山巾帼志愿服务队", func(team *domain.Team) { team.Category = "village" })
	named("浚县屯子镇巾帼志愿服务队", in(domain.TeamSuspended))
	named("浚县黎阳巾帼志愿服务队", in(domain.TeamSubmitted))
	named("浚县旧城（二）巾帼志愿服务队", in(domain.TeamDissolved))
	named("淇滨区桂鹤社区巾帼志愿服务队", func(team *domain.Team) { team.RegionCode = "410611" })
	named("淇滨区黎阳路巾帼志愿服务队", func(team *domain.Team) { team.RegionCode = "410611" }, in(domain.TeamDraft))
	leader := w.Volunteer(t)
	w.Member(t, led, leader, domain.RoleLeader)
	anybody, officer := given.As(t, w.Volunteer(t)), given.As(t, w.Volunteer(t), ofCounty)
	list := func(t *testing.T, ctx context.Context, s app.TeamSearch) (names []string) {
		t.Helper()
		for s.Limit = 2; ; {
			views, next, err := w.App.ListTeams(ctx, s)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range views {
				names = append(names, v.Team.Name)
			}
			if s.After = next; next == "" {
				return names
			}
		}
	}
	for name, c := range map[string]struct {
		ctx  context.Context
		s    app.TeamSearch
		want []string
	}{
		"everybody sees those that work, by pinyin": {anybody, app.TeamSearch{}, []string{"浚县大伾山巾帼志愿服务队", "浚县屯子镇巾帼志愿服务队", "淇滨区桂鹤社区巾帼志愿服务队"}},
		"an officer sees the own region's in every state": {officer, app.TeamSearch{}, []string{
			"浚县大伾山巾帼志愿服务队", "浚县黎阳巾帼志愿服务队", "浚县屯子镇巾帼志愿服务队", "淇滨区桂鹤社区巾帼志愿服务队",
		}},
		"dissolved ones when asked for":          {anybody, app.TeamSearch{State: domain.TeamDissolved}, []string{"浚县旧城（二）巾帼志愿服务队"}},
		"across the brackets of its name":        {anybody, app.TeamSearch{State: domain.TeamDissolved, Words: "旧城二巾帼"}, []string{"浚县旧城（二）巾帼志愿服务队"}},
		"who may not see waiting ones gets none": {anybody, app.TeamSearch{State: domain.TeamSubmitted}, nil},
		"by characters":                          {officer, app.TeamSearch{Words: "黎阳"}, []string{"浚县黎阳巾帼志愿服务队"}},
		"by initials":                            {anybody, app.TeamSearch{Words: "ghsq"}, []string{"淇滨区桂鹤社区巾帼志愿服务队"}},
		"by region":                              {anybody, app.TeamSearch{Region: "410621"}, []string{"浚县大伾山巾帼志愿服务队", "浚县屯子镇巾帼志愿服务队"}},
		"by category":                            {anybody, app.TeamSearch{Category: "village"}, []string{"浚县大伾山巾帼志愿服务队"}},
		"without a leader, those that work":      {officer, app.TeamSearch{Region: "410621", Leaderless: true}, []string{"浚县屯子镇巾帼志愿服务队"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := list(t, c.ctx, c.s)
			slices.Sort(c.want) // pinyin's order is shown by the pages; here only what is in them
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a leader's name is for those inside and officers, unless it may be public", func(t *testing.T) {
		t.Parallel()
		name := func(ctx context.Context) string {
			views, _, err := w.App.ListTeams(ctx, app.TeamSearch{Words: "大伾山", Limit: 9})
			if err != nil || len(views) != 1 {
				t.Fatal(views, err)
			}
			return views[0].LeaderName
		}
		if got := []string{name(anybody), name(officer), name(given.As(t, leader))}; !cmp.Equal(got, []string{"", leader.Name, leader.Name}) {
			t.Error(got)
		}
	})
}

func TestPutTeamCategory(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	admin := given.As(t, w.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"})
	if _, err := w.App.PutTeamCategory(given.As(t, w.Volunteer(t), ofCounty), "village", "村", true); apperr.KindOf(err) != apperr.Forbidden {
		t.Error(err)
	}
	if _, err := w.App.PutTeamCategory(admin, "market", "学校", false); !errors.Is(err, domain.ErrCategoryNameTaken) {
		t.Error(err)
	}
	categories, err := w.App.PutTeamCategory(admin, "market", "市场商户", false)
	if err != nil || categories[len(categories)-1].Name != "市场商户" {
		t.Fatal(categories, err)
	}
	if _, err := w.App.PutTeamCategory(admin, "village", "村", true); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.FoundTeam(admin, details()); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("a retired category can be taken: %v", err)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE subject_kind = 'team_category'"); n != 2 {
		t.Errorf("%d records", n)
	}
}
