package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
)

func TestWall(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	open, shy, child := id.New(), id.New(), id.New()
	w.teams.add(people.Person{VolunteerID: open, Name: "李桂英", BoardConsent: true, Version: 1})
	w.teams.add(people.Person{VolunteerID: shy, Name: "王秀英", Version: 1})
	w.teams.add(people.Person{VolunteerID: child, Name: "赵小满", BoardConsent: true, Minor: true, Version: 1})
	elsewhere := func(e *tasksv1.AttendanceConfirmed) {
		e.TeamID, e.RegionPath, e.TaskTitle = w.other, "4106/410621/", "村口义诊"
	}
	w.credit(w.attendance(by(open, 120)), w.attendance(by(shy, 90)), w.attendance(by(child, 60)), w.attendance(by(id.New(), 30), elsewhere))
	screen := func(ctx context.Context, key, code string) *app.Screen {
		t.Helper()
		s, err := w.Screen(ctx, key, code)
		w.must(err)
		t.Cleanup(s.Close)
		return s
	}
	next := func(s *app.Screen) app.Wall {
		t.Helper()
		wall, err := s.Next(t.Context())
		w.must(err)
		return wall
	}
	coordinator := w.coordinator("4106/")
	d, key, err := w.MakeDisplay(coordinator, "4106", "一楼大厅", 30)
	w.must(err)

	t.Run("it shows sums, parts, boards and what was credited last, and of people what any board shows", func(t *testing.T) {
		wall := next(screen(t.Context(), key, ""))
		if diff := cmp.Diff(app.Given{Minutes: 300, Volunteers: 4, Teams: 2}, wall.Today); diff != "" {
			t.Error(diff)
		}
		want := []app.Area{{Code: "410611", Name: "淇滨区", Minutes: 270}, {Code: "410621", Name: "浚县", Minutes: 30}}
		if diff := cmp.Diff(want, wall.Areas); diff != "" {
			t.Error(diff)
		}
		names := map[boards.Subject][]string{}
		for _, b := range wall.Boards {
			if b.Period == "month:2026-11" {
				for _, r := range b.Rows {
					names[b.Subject] = append(names[b.Subject], r.Name)
				}
			}
		}
		if diff := cmp.Diff(map[boards.Subject][]string{
			boards.Volunteers: {"李桂英", "王**", "赵**", "志愿者"},
			boards.Teams:      {"桂鹤社区巾帼志愿服务队", "善堂镇巾帼志愿服务队"},
			boards.Programmes: {"保护淇河"},
		}, names); diff != "" {
			t.Error(diff)
		}
		if len(wall.Recent) != 2 || wall.Recent[0].Minutes+wall.Recent[1].Minutes != 300 || wall.Recent[0].People+wall.Recent[1].People != 4 {
			t.Errorf("recent: %+v", wall.Recent)
		}
	})
	t.Run("a county's shows the county only", func(t *testing.T) {
		wall := next(screen(w.as(w.leader, "4106/"), "", "410621"))
		if wall.Month.Minutes != 30 || len(wall.Recent) != 1 || wall.Recent[0].Title != "村口义诊" || wall.Region.Name != "浚县" {
			t.Errorf("%+v", wall)
		}
	})
	t.Run("nothing new is the same, with its time, until the minute turns; what is new is there at once", func(t *testing.T) {
		s := screen(t.Context(), key, "")
		first := next(s)
		w.RenewNames()
		if again := next(s); !again.At.Equal(first.At) || again.Position != first.Position {
			t.Errorf("at %v, %v", first.At, again.At)
		}
		w.clock.Leap(time.Minute)
		if later := next(s); !later.At.After(first.At) {
			t.Errorf("still at %v after a minute", later.At)
		}
		w.credit(w.attendance(by(open, 60)))
		if more := next(s); more.Position != first.Position+1 || more.Month.Minutes != first.Month.Minutes+60 {
			t.Errorf("%+v", more)
		}
	})
	t.Run("where boards are switched off it has none", func(t *testing.T) {
		w.must(w.SwitchBoards(w.coordinator("4106/410621/"), "410621", domain.BoardSwitch{ValidFrom: domain.DayOf(w.clock.Now()), Off: true, Reason: "减轻基层负担"}))
		w.RenewNames()
		if wall := next(screen(w.as(w.leader, "4106/"), "", "410621")); len(wall.Boards) != 0 || wall.Month.Minutes == 0 {
			t.Errorf("%+v", wall)
		}
	})
	t.Run("a link opens nothing once it has ended, and its screens go dark", func(t *testing.T) {
		s := screen(t.Context(), key, "")
		next(s)
		w.must(w.EndDisplay(coordinator, d.ID))
		w.clock.Leap(5 * time.Second)
		if _, err := s.Next(t.Context()); !isNoDisplay(err) {
			t.Errorf("an open screen: %v", err)
		}
		if _, err := w.Screen(t.Context(), key, ""); !isNoDisplay(err) {
			t.Errorf("a new screen: %v", err)
		}
		_, short, err := w.MakeDisplay(coordinator, "4106", "二楼", 1)
		w.must(err)
		w.clock.Leap(24 * time.Hour)
		if _, err := w.Screen(t.Context(), short, ""); !isNoDisplay(err) {
			t.Errorf("after its day: %v", err)
		}
		all, err := w.Displays(coordinator, "4106")
		w.must(err)
		if len(all.Items) != 2 || all.Items[0].Good || all.Items[1].Good || all.Items[1].SeenAt.IsZero() || all.Items[1].EndedAt.IsZero() {
			t.Errorf("%+v", all.Items)
		}
	})
}

func isNoDisplay(err error) bool { return err == domain.ErrNoDisplay } //nolint:errorlint // as it is made
