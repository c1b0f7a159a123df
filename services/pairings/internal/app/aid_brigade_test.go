package app_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Where a brigade helps, the members who go are credited each; they see nothing of the
// family, and who leads sees numbers.
func TestBrigadeHelps(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	team, other := id.New(), id.New()
	member := func() auth.Principal { return auth.Principal{VolunteerID: id.New(), SessionID: id.New()} }
	one, two, leader, stranger := member(), member(), member(), member()
	w.joins(team, "member", one.VolunteerID, two.VolunteerID)
	w.joins(team, "leader", leader.VolunteerID)
	w.joins(other, "leader", stranger.VolunteerID)
	f := w.registers()
	w.familyConsents(f)
	w.joins(team, "member", f.helper.VolunteerID)

	t.Run("the desk chooses among the brigades of who answers for one", func(t *testing.T) {
		teams, err := w.ListHelperTeams(w.as(f.keeper), f.id, f.helper.VolunteerID)
		w.must(err)
		if len(teams) != 1 || teams[0].TeamID != team || teams[0].Name != "桂鹤" {
			t.Errorf("%+v", teams)
		}
		_, err = w.ListHelperTeams(w.as(leader), f.id, f.helper.VolunteerID)
		w.refuses(domain.ErrNoHousehold, err)
	})
	var err error
	f.aid, err = w.OpenAidCase(w.as(f.keeper), app.NewAidCase{HouseholdID: f.id, HelperID: f.helper.VolunteerID, TeamID: team})
	w.must(err)
	w.must(w.PlanAidCase(w.as(f.keeper), f.aid, aPlan))
	w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
	t.Run("before it runs nobody goes", func(t *testing.T) {
		w.refuses(domain.ErrAidState, w.visited(f, one))
		if mine, err := w.ListBrigadeAidCases(w.as(one)); err != nil || len(mine) != 0 {
			t.Errorf("%+v, %v", mine, err)
		}
	})
	w.must(w.DecideAidCase(w.as(f.approver), f.aid, true, ""))

	t.Run("a member writes down that she went, without a PIN, and reads nothing of the family", func(t *testing.T) {
		reads := w.count(`SELECT count(*) FROM openings WHERE act = 'read'`)
		w.must(w.visited(f, one))
		mine, err := w.ListBrigadeAidCases(w.as(one))
		w.must(err)
		if len(mine) != 1 || mine[0].TeamName != "桂鹤" || mine[0].HelperName != "王秀英" || len(mine[0].Visits) != 1 || mine[0].Visits[0].State != domain.VisitOpen {
			t.Errorf("%+v", mine)
		}
		if also, err := w.ListBrigadeAidCases(w.as(two)); err != nil || len(also) != 1 || len(also[0].Visits) != 0 {
			t.Errorf("another member: %+v, %v", also, err)
		}
		_, err = w.OpenMyFamily(w.as(one), f.aid)
		w.refuses(domain.ErrNoAidCase, err)
		if n := w.count(`SELECT count(*) FROM openings WHERE act = 'read'`); n != reads {
			t.Errorf("%d records were read", n-reads)
		}
		if _, err := w.db.Owner(t).Exec(`INSERT INTO openings (id, subject_id, person_id, act, basis, basis_id, what, opened_at)
			SELECT gen_random_uuid(), subject_id, person_id, 'read', basis, basis_id, what, opened_at FROM openings WHERE person_id = $1 LIMIT 1`, one.VolunteerID); err == nil {
			t.Error("the database let a member read")
		}
		w.refuses(domain.ErrNoAidCase, w.visited(f, stranger))
		if mine, err := w.ListBrigadeAidCases(w.as(stranger)); err != nil || len(mine) != 0 {
			t.Errorf("another brigade: %+v, %v", mine, err)
		}
	})
	t.Run("each who went is credited, for the brigade", func(t *testing.T) {
		w.must(w.visited(f, f.helper))
		waiting, err := w.ListAidVisitsToDecide(w.as(f.keeper))
		w.must(err)
		var ids []string
		for _, v := range waiting {
			ids = append(ids, v.ID)
		}
		w.must(w.DecideAidVisits(w.as(f.keeper), counts(ids...)))
		told := w.toHours()
		if len(told) != 2 || told[0].VolunteerID == told[1].VolunteerID || told[0].TeamID != team || told[1].TeamID != team {
			t.Errorf("%+v", told)
		}
	})
	t.Run("who leads it sees numbers, others nothing", func(t *testing.T) {
		w.must(w.visited(f, two))
		got, err := w.CountTeamAid(w.as(leader), team)
		w.must(err)
		if want := (app.TeamAid{Running: 1, Visits: 3, Waiting: 1}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if _, err := w.CountTeamAid(w.as(stranger), team); err == nil {
			t.Error("who leads another brigade sees numbers")
		}
		w.clock.SetTo(w.clock.Now().Add(14 * 24 * time.Hour))
		if got, err := w.CountTeamAid(w.as(leader), team); err != nil || got.Visits != 0 || got.Waiting != 1 {
			t.Errorf("in the next month: %+v, %v", got, err)
		}
	})
}
