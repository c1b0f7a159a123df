package app_test

import (
	"errors"
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestOnlyMembers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	shift := w.givenShift(func(n *app.NewTask) { n.Details.OnlyMembers = true })
	member, stranger := w.join("队员")[0], id.New()
	sees := func(who string) bool {
		views, err := w.ListShifts(w.as(who), domain.ListingFilter{OnlyMine: true})
		w.must(err)
		return len(views) == 1
	}
	if sees(stranger) || !sees(member) {
		t.Error("只看我能参加的 does not follow the rule")
	}
	_, err := w.SignUp(w.as(stranger), shift.ID)
	if !errors.Is(err, domain.ErrMembersOnly) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := w.SignUp(w.as(member), shift.ID); err != nil {
		t.Errorf("a member: %v", err)
	}
	successor := id.New()
	w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error { // the brigade becomes part of another
		if err := w.RememberTeams(t.Context(), q, []teamsv1.TeamChanged{
			{TeamID: successor, Name: "淇滨区巾帼志愿服务队", RegionPath: "4106/410611/", ReportingUnit: "淇滨区", State: "active", Version: 1},
			{TeamID: w.team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", ReportingUnit: "淇滨区", State: "dissolved", SuccessorID: successor, Version: 2},
		}); err != nil {
			return err
		}
		return w.RememberMemberships(t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: successor, VolunteerID: stranger, Role: "member", State: "active", Version: 1},
		})
	}))
	if !sees(stranger) {
		t.Error("a member of the brigade that took it over does not see it")
	}
	if _, err := w.SignUp(w.as(stranger), shift.ID); err != nil {
		t.Errorf("a member of the brigade that took it over: %v", err)
	}
}
