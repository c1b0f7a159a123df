package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// paths lists what was told of paths: subject, version and the path.
func paths(t *testing.T, w *given.World) (told []string) {
	t.Helper()
	for _, e := range w.Outbox(t) {
		var body struct {
			Path       string `json:"path"`
			RegionPath string `json:"region_path"`
			MergedInto string `json:"merged_into"`
		}
		if err := json.Unmarshal(e.Body, &body); err != nil {
			t.Fatal(err)
		}
		told = append(told, fmt.Sprintf("%s %d %s%s %s", e.Subject, e.Version, body.Path, body.RegionPath, body.MergedInto))
	}
	slices.Sort(told)
	return told
}

func TestSearchRegions(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	w.Region(t, given.Regions[3], "410621100200", "东街村民委员会")
	w.Region(t, given.Regions[3], "410621100201", "小新村民委员会") // xx within its initials too
	ctx := given.As(t, w.Volunteer(t))
	search := func(t *testing.T, typed string) (places []string) {
		t.Helper()
		found, err := w.App.SearchRegions(ctx, typed, 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range found {
			places = append(places, r.Place)
		}
		return places
	}
	for typed, want := range map[string][]string{
		"xx": {"浚县", "浚县 · 善堂镇 · 小新村"}, "浚": {"浚县"}, "东街": {"浚县 · 善堂镇 · 东街村"}, "djc": {"浚县 · 善堂镇 · 东街村"}, "ST": {"浚县 · 善堂镇"}, "%": nil, "_": nil, "没有": nil,
	} {
		if diff := cmp.Diff(want, search(t, typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
	t.Run("divisions from before the search get what they are found by at the start", func(t *testing.T) {
		err := w.Owner.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), "UPDATE regions SET initials = '', grams = '{}'")
			return err
		})
		if err != nil || search(t, "xx") != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := w.App.PrepareRegions(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := search(t, "xx"); len(got) != 2 {
			t.Error(got)
		}
	})
}

func TestChangeRegions(t *testing.T) {
	t.Parallel()
	t.Run("a village is added and renamed, with a record and an event each", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCity)
		if r, err := w.App.AddRegion(ctx, "410621100", "410621100200", "东街村民委员会", "批复新设"); err != nil || r.Place != "浚县 · 善堂镇 · 东街村" {
			t.Fatal(r, err)
		}
		if _, err := w.App.AddRegion(ctx, "410621100", "410621100200", "东街村民委员会", "批复新设"); !errors.Is(err, domain.ErrRegionTaken) {
			t.Error(err)
		}
		if r, err := w.App.RenameRegion(ctx, "410621100200", "东关村民委员会", "批复更名"); err != nil || r.Name != "东关村民委员会" || r.Version != 2 {
			t.Error(r, err)
		}
		want := []string{"teams.v1.region.changed 1 4106/410621/410621100/410621100200/ ", "teams.v1.region.changed 2 4106/410621/410621100/410621100200/ "}
		if diff := cmp.Diff(want, paths(t, w)); diff != "" {
			t.Error(diff)
		}
		if got := given.Value[string](t, w, "SELECT string_agg(act || ' ' || reason, ', ' ORDER BY act) FROM audit_records WHERE subject_kind = 'region'"); got != "region.added 批复新设, region.renamed 批复更名" {
			t.Error(got)
		}
		if found, err := w.App.SearchRegions(ctx, "dg", 5); err != nil || len(found) != 1 {
			t.Error(found, err)
		}
	})
	t.Run("a township moves with all below it, and everything there tells its new path", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		w.Region(t, given.Regions[3], "410621100200", "东街村民委员会")
		w.Team(t, func(team *domain.Team) { team.RegionCode = "410621100200" })
		w.Grant(t, w.Volunteer(t), func(g *domain.Grant) { g.RegionCode = "410621100" })
		w.Office(t, func(o *domain.Office) { o.RegionCode = "410621100" })
		w.Team(t) // stays
		r, err := w.App.MoveRegion(given.As(t, w.Volunteer(t), ofTheCity), "410621100", "410611", "区划调整")
		if err != nil || r.Place != "淇滨区 · 善堂镇" || r.Parent != "410611" {
			t.Fatal(r, err)
		}
		want := []string{
			"teams.v1.grant.changed 2 4106/410611/410621100/ ", "teams.v1.office.changed 2 4106/410611/410621100/ ",
			"teams.v1.region.changed 2 4106/410611/410621100/ ", "teams.v1.region.changed 2 4106/410611/410621100/410621100200/ ",
			"teams.v1.team.changed 2 4106/410611/410621100/410621100200/ ",
		}
		if diff := cmp.Diff(want, paths(t, w)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a township becomes part of another, which gets its villages, people and brigades", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		w.Region(t, given.Regions[2], "410621101", "屯子镇")
		w.Region(t, given.Regions[3], "410621100200", "东街村民委员会")
		w.Team(t, func(team *domain.Team) { team.RegionCode = "410621100" })
		w.Team(t, func(team *domain.Team) { team.RegionCode = "410621100200" })
		v := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621100" })
		ctx := given.As(t, w.Volunteer(t), ofTheCity)
		r, err := w.App.MergeRegion(ctx, "410621100", "410621101", "撤镇并镇")
		if err != nil || r.MergedInto != "410621101" {
			t.Fatal(r, err)
		}
		want := []string{
			"teams.v1.region.changed 2 4106/410621/410621100/ 410621101", "teams.v1.region.changed 2 4106/410621/410621101/410621100200/ ",
			"teams.v1.team.changed 2 4106/410621/410621101/ ", "teams.v1.team.changed 2 4106/410621/410621101/410621100200/ ",
		}
		if diff := cmp.Diff(want, paths(t, w)); diff != "" {
			t.Error(diff)
		}
		if got := given.Value[string](t, w, "SELECT region_code FROM volunteers WHERE id = $1", v.ID); got != "410621101" {
			t.Error(got)
		}
		if below, err := w.App.ListRegions(ctx, "410621"); err != nil || len(below) != 1 {
			t.Error(below, err)
		}
		if _, err := w.App.AddRegion(ctx, "410621100", "410621100201", "西街村民委员会", "新设"); !errors.Is(err, domain.ErrNoRegion) {
			t.Errorf("what became part of another takes nothing more: %v", err)
		}
	})
	t.Run("authority and offices must be settled before a merger", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		w.Region(t, given.Regions[2], "410621101", "屯子镇")
		w.Region(t, given.Regions[2], "410621102", "新镇镇")
		w.Grant(t, w.Volunteer(t), func(g *domain.Grant) { g.RegionCode = "410621100" })
		w.Office(t, func(o *domain.Office) { o.RegionCode = "410621101" })
		ctx := given.As(t, w.Volunteer(t), ofTheCity)
		for _, code := range []string{"410621100", "410621101"} {
			if _, err := w.App.MergeRegion(ctx, code, "410621102", "合并"); !errors.Is(err, domain.ErrRegionInUse) {
				t.Error(code, err)
			}
		}
	})
	t.Run("whoever does not administer both places changes nothing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for _, grant := range []auth.Grant{{Role: "coordinator", RegionPath: "4106/"}, {Role: "administrator", RegionPath: "4106/410621/"}} {
			if _, err := w.App.MoveRegion(given.As(t, w.Volunteer(t), grant), "410621100", "410611", "调整"); !errors.Is(err, domain.ErrNoRegion) {
				t.Error(grant, err)
			}
		}
		if got := paths(t, w); got != nil {
			t.Error(got)
		}
	})
}
