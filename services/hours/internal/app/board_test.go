package app_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// board returns a board of this month as the app shows it.
func (w *town) board(subject boards.Subject, scope string) app.BoardPage {
	w.t.Helper()
	var page app.BoardPage
	body, err := w.Board(w.as(w.leader), app.BoardQuery{Subject: subject, Scope: scope, Period: "this-month"},
		func(p app.BoardPage) ([]byte, error) { return json.Marshal(p) })
	w.must(err)
	w.must(json.Unmarshal(body, &page))
	return page
}

func TestBoard(t *testing.T) {
	t.Parallel()
	t.Run("names volunteers as they wish, with their team, and teams with their region", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		open, shy, minor, unknown := w.attendance(), w.attendance(), w.attendance(), w.attendance()
		open.Minutes, shy.Minutes, minor.Minutes, unknown.Minutes = 120, 90, 60, 30
		unknown.TeamID, unknown.RegionPath = w.other, "4106/410621/"
		w.teams.add(people.Person{VolunteerID: open.VolunteerID, Name: "李桂英", BoardConsent: true, Version: 1})
		w.teams.add(people.Person{VolunteerID: shy.VolunteerID, Name: "王秀英", Version: 1})
		w.teams.add(people.Person{VolunteerID: minor.VolunteerID, Name: "赵小雨", BoardConsent: true, Minor: true, Version: 1})
		w.credit(open, shy, minor, unknown)

		page := w.board(boards.Volunteers, "region:4106")
		var shown [][3]any
		for _, r := range page.Rows {
			shown = append(shown, [3]any{r.Rank, r.Name, r.Detail})
		}
		want := [][3]any{
			{1, "李桂英", "桂鹤社区巾帼志愿服务队"},
			{2, "王**", "桂鹤社区巾帼志愿服务队"},
			{3, "赵**", "桂鹤社区巾帼志愿服务队"},
			{4, "志愿者", "善堂镇巾帼志愿服务队"},
		}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Error(diff)
		}
		if page.ScopeName != "鹤壁市" || page.Period != "month:2026-11" || page.Position != 4 || page.Minutes != 300 || page.Subjects != 4 {
			t.Errorf("page = %+v", page)
		}
		teams := w.board(boards.Teams, "region:4106").Rows
		if len(teams) != 2 || teams[0].Name != "桂鹤社区巾帼志愿服务队" || teams[0].Detail != "淇滨区" || teams[1].Detail != "浚县" {
			t.Errorf("teams = %+v", teams)
		}
	})
	t.Run("narrows to a county, a programme and a team", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance(), w.attendance(func(e *tasksv1.AttendanceConfirmed) {
			e.TeamID, e.RegionPath, e.ProgrammeID, e.Minutes = w.other, "4106/410621/", id.New(), 30
		}))
		for scope, want := range map[string]int64{
			"region:4106": 150, "region:410611": 120, "region:410621": 30,
			"programme:" + w.programme: 120, "team:" + w.other: 30,
		} {
			if got := w.board(boards.Volunteers, scope).Minutes; got != want {
				t.Errorf("%s has %d minutes, want %d", scope, got, want)
			}
		}
	})
	t.Run("the city's month ends at 16:00 UTC, by itself", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.clock.SetTo(time.Date(2026, time.November, 30, 15, 59, 0, 0, time.UTC))
		w.credit(
			w.attendance(at(time.Date(2026, time.November, 30, 15, 59, 0, 0, time.UTC))), // begins in November, ends in December
			w.attendance(at(time.Date(2026, time.November, 30, 16, 0, 0, 0, time.UTC)), by(id.New(), 45)),
		)
		if page := w.board(boards.Volunteers, "region:4106"); page.Period != "month:2026-11" || page.Minutes != 120 {
			t.Errorf("before midnight the board is %s with %d minutes", page.Period, page.Minutes)
		}
		w.clock.Leap(time.Minute)
		if page := w.board(boards.Volunteers, "region:4106"); page.Period != "month:2026-12" || page.Minutes != 45 {
			t.Errorf("after midnight the board is %s with %d minutes", page.Period, page.Minutes)
		}
	})
	t.Run("who withdraws consent is an alias within two seconds, and a renamed team has its new name", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.must(w.bus.EnsureStream(t.Context(), teamsv1.Stream))
		go func() { _ = w.Follow(t.Context()) }()
		e := w.attendance()
		person := people.Person{VolunteerID: e.VolunteerID, Name: "李桂英", BoardConsent: true, Version: 1}
		w.teams.add(person)
		w.inTx(func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, []tasksv1.AttendanceConfirmed{e}) })
		wait.Until(t, "the name on the board", func() bool {
			rows := w.board(boards.Volunteers, "region:4106").Rows
			return len(rows) == 1 && rows[0].Name == "李桂英"
		})

		person.BoardConsent, person.Version = false, 2
		w.teams.add(person)
		w.publish(teamsv1.VolunteerChanged{VolunteerID: e.VolunteerID, Version: 2})
		wait.Within(t, 2*time.Second, "the alias on the board", func() bool {
			return w.board(boards.Volunteers, "region:4106").Rows[0].Name == "李**"
		})

		w.inTx(func(q postgres.Querier) error {
			return w.LearnTeams(t.Context(), q, []teamsv1.TeamChanged{{TeamID: w.team, Name: "新名字", RegionPath: "4106/410611/", Version: 2}})
		})
		wait.Until(t, "the team's new name", func() bool {
			return w.board(boards.Volunteers, "region:4106").Rows[0].Detail == "新名字"
		})
	})
	t.Run("keeps the hours of a dissolved brigade under its name, and names its successor", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance())
		w.inTx(func(q postgres.Querier) error {
			return w.LearnTeams(t.Context(), q, []teamsv1.TeamChanged{
				{TeamID: w.team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", State: "dissolved", SuccessorID: w.other, Version: 2},
			})
		})
		go func() { _ = w.Follow(t.Context()) }()
		wait.Until(t, "the successor beside the name", func() bool {
			rows := w.board(boards.Teams, "region:4106").Rows
			return len(rows) == 1 && rows[0].Name == "桂鹤社区巾帼志愿服务队" && rows[0].Detail == "淇滨区 · 已并入善堂镇巾帼志愿服务队"
		})
	})
	t.Run("is drawn once until something changes", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		e := w.attendance()
		w.credit(e)
		drawings := 0
		ask := func() {
			_, err := w.Board(w.as(w.leader), app.BoardQuery{Subject: boards.Teams, Scope: "region:4106", Period: "all"},
				func(app.BoardPage) ([]byte, error) { drawings++; return []byte("{}"), nil })
			w.must(err)
		}
		ask()
		ask()
		w.credit(w.attendance())
		ask()
		if drawings != 2 {
			t.Errorf("drawn %d times, want 2", drawings)
		}
	})
}

// publish tells an event as a relay would.
func (w *town) publish(e teamsv1.VolunteerChanged) {
	w.t.Helper()
	body, err := json.Marshal(e)
	w.must(err)
	_, err = w.bus.Publish(w.t.Context(), teamsv1.Stream, []bus.Message{{
		ID: id.New(), Subject: e.Subject(), Aggregate: e.VolunteerID, Version: e.Version, OccurredAt: w.clock.Now(), Data: body,
	}})
	w.must(err)
}

func TestBoardRefusals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for name, c := range map[string]struct {
		scope, period string
		kind          apperr.Kind
	}{
		"an unknown region":         {"region:4107", "all", apperr.NotFound},
		"an unknown programme":      {"programme:" + id.New(), "all", apperr.NotFound},
		"an unknown team":           {"team:" + id.New(), "all", apperr.NotFound},
		"a team by a region's code": {"team:4106", "all", apperr.NotFound},
		"a region without a code":   {"region:", "all", apperr.NotFound},
		"a scope that is none":      {"volunteer:" + w.leader, "all", apperr.Invalid},
		"a scope without a colon":   {"region", "all", apperr.Invalid},
		"a period that is none":     {"region:4106", "month:2026-13", apperr.Invalid},
		"a single day":              {"region:4106", "day:2026-11-24", apperr.Invalid},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			t.Parallel()
			_, err := w.Board(w.as(w.leader), app.BoardQuery{Subject: boards.Teams, Scope: c.scope, Period: c.period}, nil)
			if apperr.KindOf(err) != c.kind {
				t.Errorf("Board: error = %v, want %s", err, c.kind)
			}
			if _, err := w.MyRank(w.as(w.leader), app.BoardQuery{Scope: c.scope, Period: c.period}); apperr.KindOf(err) != c.kind {
				t.Errorf("MyRank: error = %v, want %s", err, c.kind)
			}
		})
	}
	t.Run("nobody signed in sees nothing", func(t *testing.T) {
		t.Parallel()
		_, board := w.Board(t.Context(), app.BoardQuery{Subject: boards.Teams, Scope: "region:4106", Period: "all"}, nil)
		_, rank := w.MyRank(t.Context(), app.BoardQuery{Scope: "region:4106", Period: "all"})
		_, summary := w.MySummary(t.Context())
		_, _, entries := w.MyEntries(t.Context(), "", 10)
		_, overview := w.Overview(t.Context(), "4106")
		_, feed := w.Feed(t.Context())
		for _, err := range []error{board, rank, summary, entries, overview, feed} {
			if !errors.Is(err, auth.ErrSignedOut) {
				t.Errorf("error = %v, want ErrSignedOut", err)
			}
		}
	})
}

func TestBoardsOfAreasAndProgrammes(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.credit(w.attendance(by(id.New(), 60)), w.attendance(by(id.New(), 45), func(e *tasksv1.AttendanceConfirmed) { e.TeamID, e.RegionPath = w.other, "4106/410621/" }),
		w.attendance(by(id.New(), 30), func(e *tasksv1.AttendanceConfirmed) { e.RegionPath = "4106/" })) // of the city itself
	for subject, want := range map[boards.Subject][]app.BoardRow{
		boards.Counties: {
			{Row: boards.Row{Rank: 1, ID: "410611", Minutes: 60}, Name: "淇滨区", Detail: "鹤壁市"},
			{Row: boards.Row{Rank: 2, ID: "410621", Minutes: 45}, Name: "浚县", Detail: "鹤壁市"},
		},
		boards.Programmes: {{Row: boards.Row{Rank: 1, ID: w.programme, Minutes: 135}, Name: "保护淇河"}},
		boards.Townships:  {},
	} {
		var page app.BoardPage
		_, err := w.Board(w.as(w.leader), app.BoardQuery{Subject: subject, Scope: "region:4106", Period: "this-week"}, func(p app.BoardPage) ([]byte, error) {
			page = p
			return nil, nil
		})
		w.must(err)
		if diff := cmp.Diff(want, page.Rows); diff != "" || page.Minutes != 135 {
			t.Errorf("board of %s: %d minutes, -want +got\n%s", subject, page.Minutes, diff)
		}
	}
}

func TestMyRank(t *testing.T) {
	t.Parallel()
	t.Run("counts those who have strictly more", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.credit(w.attendance(), w.attendance(by(me, 60)), w.attendance(by(id.New(), 60)), w.attendance(by(id.New(), 30)))
		got, err := w.MyRank(w.as(me), app.BoardQuery{Scope: "region:4106", Period: "this-week"})
		if want := (app.MyRank{Place: boards.Place{At: boards.At{Position: 4}, Rank: 2, Minutes: 60, Subjects: 4}}); err != nil || !cmp.Equal(got, want) {
			t.Errorf("MyRank = %+v, %v; want %+v", got, err, want)
		}
	})
	t.Run("has no rank for whoever has no hours there", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance())
		got, err := w.MyRank(w.as(w.leader), app.BoardQuery{Scope: "region:410611", Period: "week:2027-W01"})
		if want := (app.MyRank{Place: boards.Place{At: boards.At{Position: 1}}}); err != nil || !cmp.Equal(got, want) {
			t.Errorf("MyRank = %+v, %v; want %+v", got, err, want)
		}
	})
	t.Run("names the nearest who agreed to be seen, to who agreed too", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		ids := make([]string, 9) // by rank
		for i := range ids {
			ids[i] = id.New()
			agreed := i != 3 // the one just before me did not
			w.teams.add(people.Person{VolunteerID: ids[i], Name: "王秀英", RankConsent: agreed, BoardConsent: i == 2, Minor: i == 6, Version: 1})
			w.credit(w.attendance(by(ids[i], 100-i)))
		}
		query := app.BoardQuery{Scope: "region:4106", Period: "this-week"}
		mine, err := w.MyRank(w.as(ids[4]), query)
		w.must(err)
		row := func(i int, name string) app.BoardRow {
			return app.BoardRow{Row: boards.Row{Rank: i + 1, ID: ids[i], TeamID: w.team, Minutes: 100 - i}, Name: name, Detail: "桂鹤社区巾帼志愿服务队"}
		}
		want := app.MyRank{Place: mine.Place, Before: []app.BoardRow{row(1, "王**"), row(2, "王秀英")}, Behind: []app.BoardRow{row(5, "王**"), row(7, "王**")}}
		if diff := cmp.Diff(want, mine); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		closed, err := w.MyRank(w.as(ids[3]), query)
		w.must(err)
		if closed.Rank != 4 || closed.Before != nil || closed.Behind != nil {
			t.Errorf("who does not agree sees %+v", closed)
		}
	})
}

func TestOverview(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	noon := time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	me := id.New()
	w.credit(
		w.attendance(at(noon), by(me, 120)),
		w.attendance(at(noon.AddDate(0, 0, -1)), by(me, 60)), // yesterday
		w.attendance(at(noon.AddDate(0, 0, -20)), by(id.New(), 30), func(e *tasksv1.AttendanceConfirmed) { e.TeamID, e.RegionPath = w.other, "4106/410621/" }),
		w.attendance(at(noon.AddDate(0, -1, 0)), by(me, 90)),
		w.attendance(at(noon.AddDate(0, -11, 0)), by(me, 15)),
		w.attendance(at(noon.AddDate(-1, 0, 0)), by(me, 100)), // the thirteenth month
	)
	t.Run("sums the region and all below it, beside the period before", func(t *testing.T) {
		t.Parallel()
		o, err := w.Overview(w.as(w.leader, "4106/"), "4106")
		w.must(err)
		got := []app.Compared{o.Today, o.Month, o.People, o.Teams}
		want := []app.Compared{{Value: 120, Previous: 60}, {Value: 210, Previous: 90}, {Value: 2, Previous: 1}, {Value: 2, Previous: 1}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if o.Position != 6 || o.Region.Name != "鹤壁市" {
			t.Errorf("Overview = %+v", o)
		}
	})
	t.Run("a county's figures are its own", func(t *testing.T) {
		t.Parallel()
		o, err := w.Overview(w.as(w.leader, "4106/"), "410621")
		w.must(err)
		if o.Month.Value != 30 || o.Today.Value != 0 {
			t.Errorf("Overview = %+v", o)
		}
	})
	for name, c := range map[string]struct {
		grants []string
		code   string
	}{
		"a volunteer without a grant":  {nil, "4106"},
		"an officer of another county": {[]string{"4106/410621/"}, "410611"},
		"an officer of one county":     {[]string{"4106/410621/"}, "4106"},
		"a region that does not exist": {[]string{"4106/"}, "410699"},
	} {
		t.Run("is not there for "+name, func(t *testing.T) {
			t.Parallel()
			if _, err := w.Overview(w.as(w.leader, c.grants...), c.code); apperr.KindOf(err) != apperr.NotFound {
				t.Errorf("error = %v, want NotFound", err)
			}
		})
	}
}
