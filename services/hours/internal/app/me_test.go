package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
)

func TestMySummary(t *testing.T) {
	t.Parallel()
	t.Run("sums the city's month and year, and keeps training apart", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.credit(
			w.attendance(at(time.Date(2025, time.December, 31, 23, 59, 0, 0, clock.City)), by(me, 15)), // last year
			w.attendance(at(time.Date(2026, time.January, 1, 2, 0, 0, 0, clock.City)), by(me, 30)),     // this year, by UTC last year
			w.attendance(at(time.Date(2026, time.November, 1, 0, 0, 0, 0, clock.City)), by(me, 60)),
			w.attendance(by(me, 120)),
			w.attendance(), // somebody else's
		)
		_, err := w.db.Owner(t).Exec(`
			INSERT INTO totals (volunteer_id, day, team_id, programme_id, region_path, account, minutes, entries)
			VALUES ($1, '2026-11-24', $2, $3, '4106/410611/', 'training', 45, 1)`, me, w.team, w.programme)
		w.must(err)
		s, err := w.MySummary(w.as(me))
		w.must(err)
		if s.Month != 180 || s.Year != 210 || s.Total != 225 || s.Training != 45 || s.Entries != 5 {
			t.Errorf("MySummary = %+v", s)
		}
		if s.Months[0] != (app.MonthMinutes{Month: "2025-12", Minutes: 15}) || s.Months[1] != (app.MonthMinutes{Month: "2026-01", Minutes: 30}) {
			t.Errorf("Months = %+v", s.Months)
		}
	})
	t.Run("is all zero for whoever has no hours, with twelve months", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s, err := w.MySummary(w.as(id.New()))
		w.must(err)
		if s.Total != 0 || len(s.Months) != 12 {
			t.Errorf("MySummary = %+v", s)
		}
	})
}

func TestMyEntries(t *testing.T) {
	t.Parallel()
	t.Run("come newest first, page by page, each once, with names", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.teams.add(people.Person{VolunteerID: w.leader, Name: "王秀英", Version: 1})
		me := id.New()
		var want []string
		for range 5 {
			e := w.attendance(by(me, 30))
			w.credit(e, w.attendance())
			want = append([]string{e.AttendanceID}, want...)
		}
		var got []string
		after := ""
		for pages := 1; ; pages++ {
			page, next, err := w.MyEntries(w.as(me), after, 2)
			w.must(err)
			for _, e := range page {
				got = append(got, e.SourceID)
				if e.ConfirmedBy != "王秀英" || e.TeamName != "桂鹤社区巾帼志愿服务队" || e.ProgrammeName != "保护淇河" || e.Title != "淇河岸边捡拾垃圾" {
					t.Errorf("entry = %+v", e)
				}
			}
			if next == "" {
				if pages != 3 {
					t.Errorf("%d pages, want 3", pages)
				}
				break
			}
			after = next
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a page that was not given out is refused", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		if _, _, err := w.MyEntries(w.as(w.leader), "first", 2); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("error = %v, want Invalid", err)
		}
	})
}

func TestFeed(t *testing.T) {
	t.Parallel()
	t.Run("says of several lines at once that one was mine, once, and says nothing twice", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		feed, err := w.Feed(w.as(me))
		w.must(err)
		defer feed.Close()
		if got := feed.Next(); got != (app.News{Position: 0, Mine: true}) {
			t.Errorf("first news = %+v", got)
		}
		w.credit(w.attendance(by(me, 30)))
		w.credit(w.attendance()) // before the feed has looked
		select {
		case <-feed.Wake():
		default:
			t.Error("the feed was not woken")
		}
		for range 2 {
			if got := feed.Next(); got != (app.News{Position: 2, Mine: true}) {
				t.Errorf("news = %+v", got)
			}
		}
		w.credit(w.attendance())
		if got := feed.Next(); got != (app.News{Position: 3}) {
			t.Errorf("news = %+v", got)
		}
	})
	t.Run("a closed feed is woken no more", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		feed, err := w.Feed(w.as(id.New()))
		w.must(err)
		feed.Close()
		w.credit(w.attendance())
		select {
		case <-feed.Wake():
			t.Error("the feed was woken")
		default:
		}
	})
}
