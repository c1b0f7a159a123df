package app_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

func TestSwitchBoards(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.credit(w.attendance())
	today := domain.DayOf(w.clock.Now())
	city, county := w.coordinator("4106/"), w.coordinator("4106/410621/")
	scopes := []string{"region:4106", "region:410611", "region:410621", "team:" + w.team, "team:" + w.other, "programme:" + w.programme}
	off := func(a *app.App) (gone []string) {
		t.Helper()
		for _, scope := range scopes {
			_, err := a.Board(w.as(w.leader), app.BoardQuery{Subject: boards.Volunteers, Scope: scope, Period: "all"},
				func(p app.BoardPage) ([]byte, error) { return json.Marshal(p) })
			_, rank := a.MyRank(w.as(w.leader), app.BoardQuery{Scope: scope, Period: "all"})
			if apperr.KindOf(err) != apperr.KindOf(rank) {
				t.Errorf("%s: Board says %v, MyRank %v", scope, err, rank)
			}
			if apperr.KindOf(err) == apperr.NotFound {
				gone = append(gone, scope)
			}
		}
		return gone
	}
	want := func(when string, scopes ...string) {
		t.Helper()
		restarted := w.replica()
		w.must(restarted.Load(t.Context()))
		for _, a := range []*app.App{w.App, restarted} {
			if diff := cmp.Diff(scopes, off(a)); diff != "" {
				t.Errorf("%s: %s", when, diff)
			}
		}
	}
	set := func(ctx context.Context, code string, from domain.Day, off bool) error {
		return w.SwitchBoards(ctx, code, domain.BoardSwitch{ValidFrom: from, Off: off, Reason: "减轻基层负担"})
	}
	want("at first")
	w.must(set(county, "410621", today+1, true))
	want("before its day")
	w.clock.Leap(24 * time.Hour)
	want("on its day", "region:410621", "team:"+w.other)
	w.must(set(city, "4106", today+1, true))
	want("with the city's", scopes...)
	w.must(set(city, "4106", today+1, false))
	want("with the city's back on the same day", "region:410621", "team:"+w.other)
	s, err := w.BoardSwitches(county, "410621")
	w.must(err)
	if !s.Off || !s.MaySet || len(s.Set) != 3 || s.Set[0].RegionName != "鹤壁市" {
		t.Errorf("BoardSwitches = %+v", s)
	}
	for name, c := range map[string]struct {
		as   context.Context
		from domain.Day
		want apperr.Kind
	}{
		"a day that has passed":     {city, today, apperr.Invalid},
		"an officer who only looks": {w.as(w.leader, "4106/"), today + 9, apperr.Forbidden},
		"an officer of a county":    {county, today + 9, apperr.NotFound},
		"a volunteer":               {w.as(w.leader), today + 9, apperr.NotFound},
	} {
		if err := set(c.as, "4106", c.from, true); apperr.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
