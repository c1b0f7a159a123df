package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

var ofTheCity = auth.Grant{Role: "administrator", RegionPath: "4106/"}

func TestReportingUnits(t *testing.T) {
	t.Parallel()
	names := func(t *testing.T, w *given.World, retired bool) (all []string) {
		t.Helper()
		units, err := w.App.ListReportingUnits(given.As(t, w.Volunteer(t)), retired)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			all = append(all, fmt.Sprintf("%s %d", u.Name, u.Teams))
		}
		return all
	}
	t.Run("a unit is added in its place and recorded with who and why", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin := w.Volunteer(t)
		ctx := given.As(t, admin, ofTheCity)
		if _, err := w.App.AddReportingUnit(ctx, app.NewUnit{Name: " 市属　企业 ", Kind: domain.UnitFirm, Position: 15, Reason: "新增统计口径"}); err != nil {
			t.Fatal(err)
		}
		w.Team(t)
		if diff := cmp.Diff([]string{"淇滨区 0", "市属 企业 0", "浚县 1", "市直单位 0"}, names(t, w, true)); diff != "" {
			t.Error(diff)
		}
		got := given.Value[string](t, w, "SELECT act || ' ' || subject_id || ' ' || reason FROM audit_records WHERE actor_id = $1", admin.ID)
		if got != "reporting_unit.added 市属 企业 新增统计口径" {
			t.Error(got)
		}
		if _, err := w.App.AddReportingUnit(ctx, app.NewUnit{Name: "浚县", Kind: domain.UnitCounty, Reason: "重复"}); !errors.Is(err, domain.ErrUnitTaken) {
			t.Errorf("the same name again: %v", err)
		}
	})
	t.Run("renamed, its brigades are counted under the new name and each is told", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for range 1100 { // more than are told at once
			w.Team(t)
		}
		other := w.Team(t, func(team *domain.Team) { team.ReportingUnit = "市直单位" })
		if _, err := w.App.RenameReportingUnit(given.As(t, w.Volunteer(t), ofTheCity), "浚县", "浚州市", "撤县设市"); err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for _, e := range w.Outbox(t) {
			var event teamsv1.TeamChanged
			if err := json.Unmarshal(e.Body, &event); err != nil || event.ReportingUnit != "浚州市" || event.Version != 2 || event.RegionPath != "4106/410621/" {
				t.Fatalf("%v %+v", err, event)
			}
			told[event.TeamID] = true
		}
		if len(told) != 1100 || told[other.ID] {
			t.Errorf("told of %d teams", len(told))
		}
		if diff := cmp.Diff([]string{"淇滨区 0", "浚州市 1100", "市直单位 1"}, names(t, w, false)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a name that is taken or none, and a unit that is not there, are refused", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCity)
		if _, err := w.App.RenameReportingUnit(ctx, "浚县", "淇滨区", "合并"); !errors.Is(err, domain.ErrUnitTaken) {
			t.Error(err)
		}
		if _, err := w.App.RenameReportingUnit(ctx, "浚县", "浚", "简称"); !errors.Is(err, domain.ErrThingName) {
			t.Error(err)
		}
		if _, err := w.App.RenameReportingUnit(ctx, "没有的", "新的", "更名"); !errors.Is(err, domain.ErrNoUnit) {
			t.Error(err)
		}
	})
	t.Run("a retired unit leaves the choice and comes back", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCity)
		if u, err := w.App.RetireReportingUnit(ctx, "浚县", "并入其他"); err != nil || u.RetiredAt.IsZero() || u.Version != 2 {
			t.Error(u, err)
		}
		if diff := cmp.Diff([]string{"淇滨区 0", "市直单位 0"}, names(t, w, false)); diff != "" {
			t.Error(diff)
		}
		if _, err := w.App.RetireReportingUnit(ctx, "浚县", "再来一次"); !errors.Is(err, domain.ErrUnitRetired) {
			t.Error(err)
		}
		if u, err := w.App.RestoreReportingUnit(ctx, "浚县", "恢复"); err != nil || !u.RetiredAt.IsZero() || u.Version != 3 {
			t.Error(u, err)
		}
		if _, err := w.App.RestoreReportingUnit(ctx, "浚县", "再来一次"); !errors.Is(err, domain.ErrUnitRetired) {
			t.Error(err)
		}
	})
	t.Run("whoever administers less than the city is told whom to ask", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for _, grant := range []auth.Grant{{}, {Role: "coordinator", RegionPath: "4106/"}, {Role: "administrator", RegionPath: "4106/410621/"}} {
			if _, err := w.App.RetireReportingUnit(given.As(t, w.Volunteer(t), grant), "浚县", "试试"); apperr.KindOf(err) != apperr.Forbidden {
				t.Errorf("%v: %v", grant, err)
			}
		}
	})
}
