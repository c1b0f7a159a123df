package boards

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

const city = "4106/"

var someDay = domain.DayOn(2026, time.December, 20)

func given(changes ...func(*domain.Total)) domain.Total {
	t := domain.Total{
		Sum: domain.Sum{
			VolunteerID: "v1", Day: someDay, TeamID: "t1", ProgrammeID: "p1", RegionPath: "4106/410611/", Account: domain.ServiceAccount,
		},
		Minutes: 60, Entries: 1,
	}
	for _, change := range changes {
		change(&t)
	}
	return t
}

func by(volunteer string, minutes int) func(*domain.Total) {
	return func(t *domain.Total) { t.VolunteerID, t.Minutes = volunteer, minutes }
}

func cityBoard(s Subject) Key {
	return Key{Subject: s, Scope: Scope{Region, "4106"}, Period: domain.PeriodOf(domain.Month, someDay)}
}

func TestBoards(t *testing.T) {
	t.Parallel()
	t.Run("ties share a rank, and the next rank counts them", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Apply([]domain.Total{given(by("a", 60)), given(by("b", 90)), given(by("c", 60)), given(by("d", 30))})
		var ranks []int
		for _, r := range b.Page(cityBoard(Volunteers), 10).Rows {
			ranks = append(ranks, r.Rank)
		}
		if diff := gocmp.Diff([]int{1, 2, 2, 4}, ranks); diff != "" {
			t.Error(diff)
		}
		if p := b.Place(cityBoard(Volunteers), "d"); p.Rank != 4 || p.Minutes != 30 || p.Subjects != 4 || p.Position != 4 {
			t.Errorf("Place = %+v", p)
		}
	})
	t.Run("training and imports count for the position but on no board", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Page(cityBoard(Volunteers), 10)
		for _, account := range []domain.Account{domain.TrainingAccount, domain.ImportAccount} {
			b.Apply([]domain.Total{given(func(t *domain.Total) { t.Account = account })})
		}
		if p := b.Page(cityBoard(Volunteers), 10); p.Position != 2 || p.Subjects != 0 || p.Minutes != 0 || len(p.Rows) != 0 {
			t.Errorf("Page = %+v", p)
		}
	})
	t.Run("of somebody's day any number of lines is counted", func(t *testing.T) {
		t.Parallel()
		many := given(func(t *domain.Total) { t.Minutes, t.Entries, t.Services = 300, 300, 200 }) // 50 of them take others back
		for _, kept := range []bool{false, true} {
			b := New()
			if kept {
				b.Page(cityBoard(Volunteers), 10)
			}
			b.Apply([]domain.Total{many})
			if p := b.Page(cityBoard(Volunteers), 10); p.Position != 300 || p.Minutes != 300 || len(p.Rows) != 1 || p.Rows[0].Minutes != 300 {
				t.Errorf("the board is kept already: %t; Page = %+v", kept, p)
			}
			if lines, changes := b.Sums(); len(changes) != 0 || len(lines) != 1 || lines[many.Sum].Entries != 300 || lines[many.Sum].Services != 200 {
				t.Errorf("Sums = %v, %v", lines, changes)
			}
		}
	})
	t.Run("whose hours were all taken back stands on the board no more", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Apply([]domain.Total{given(by("a", 60)), given(by("b", 30))})
		b.Page(cityBoard(Volunteers), 10)
		b.Apply([]domain.Total{given(by("a", -60))})
		p := b.Page(cityBoard(Volunteers), 10)
		if p.Subjects != 1 || p.Minutes != 30 || p.Rows[0].ID != "b" || p.Rows[0].Rank != 1 {
			t.Errorf("Page = %+v", p)
		}
		if place := b.Place(cityBoard(Volunteers), "a"); place.Rank != 0 || place.Minutes != 0 {
			t.Errorf("Place = %+v", place)
		}
	})
	t.Run("a volunteer is shown with the team of the latest service", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Apply([]domain.Total{
			given(func(t *domain.Total) { t.TeamID, t.Day = "new", someDay }),
			given(func(t *domain.Total) { t.TeamID, t.Day = "old", someDay-1 }),
		})
		if got := b.Page(cityBoard(Volunteers), 1).Rows[0].TeamID; got != "new" {
			t.Errorf("TeamID = %s, want new", got)
		}
	})
	t.Run("a board that nobody asks for is dropped, and is the same when asked for again", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Apply([]domain.Total{given()})
		before := b.Page(cityBoard(Teams), 10)
		b.Sweep()
		if len(b.kept) != 1 {
			t.Errorf("%d boards kept after the first sweep, want 1", len(b.kept))
		}
		b.Sweep()
		if len(b.kept) != 0 {
			t.Errorf("%d boards kept after the second sweep, want none", len(b.kept))
		}
		if diff := gocmp.Diff(before, b.Page(cityBoard(Teams), 10)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("no more boards are kept than there is room for", func(t *testing.T) {
		t.Parallel()
		b := New()
		b.Apply([]domain.Total{given()})
		for day := range domain.Day(mostKept + 10) {
			b.Page(Key{Subject: Teams, Scope: Scope{Region, "4106"}, Period: domain.Period{Kind: domain.OneDay, Start: day}}, 1)
		}
		if len(b.kept) != mostKept {
			t.Errorf("%d boards kept, want %d", len(b.kept), mostKept)
		}
		if p := b.Page(cityBoard(Volunteers), 1); p.Subjects != 1 {
			t.Errorf("Page = %+v", p)
		}
	})
	t.Run("a drawing is good until the next line or another edition", func(t *testing.T) {
		t.Parallel()
		b := New()
		k := cityBoard(Volunteers)
		b.KeepDrawing(k, Drawing{Edition: 7, Body: []byte("x")})
		if d, ok := b.Drawn(k, 7); !ok || string(d.Body) != "x" {
			t.Errorf("Drawn = %+v, %v", d, ok)
		}
		if _, ok := b.Drawn(k, 8); ok {
			t.Error("a drawing of another edition was taken")
		}
		b.Apply([]domain.Total{given()})
		if _, ok := b.Drawn(k, 7); ok {
			t.Error("a drawing of an earlier position was taken")
		}
	})
	t.Run("a drawing of what is settled is good until the day turns, another line or a change of settling", func(t *testing.T) {
		t.Parallel()
		b, k := New(), cityBoard(Volunteers)
		k.Settled = true
		keep := func() {
			b.KeepDrawing(k, Drawing{At: b.Page(k, 1).At, Body: []byte("x")})
			if _, ok := b.Drawn(k, 0); !ok {
				t.Error("what was just drawn is not good")
			}
		}
		for name, change := range map[string]func(){
			"the day turned": func() { b.Turn(someDay) },
			"a line came":    func() { b.Apply([]domain.Total{given()}) },
			"a hold came":    func() { b.Apply([]domain.Total{given(func(t *domain.Total) { t.Entries, t.Minutes = 0, -60 })}) },
		} {
			keep()
			old := b.Page(k, 1).At
			change()
			if _, ok := b.Drawn(k, 0); ok {
				t.Errorf("%s, and a drawing from before was taken", name)
			}
			b.KeepDrawing(k, Drawing{At: old}) // by somebody who was slow
			if _, ok := b.Drawn(k, 0); ok {
				t.Errorf("%s, and a drawing that came late was taken", name)
			}
		}
	})
	t.Run("many may read while lines are counted, and never see half of a batch", func(t *testing.T) {
		t.Parallel()
		b := New()
		done := make(chan struct{})
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for {
					p := b.Page(cityBoard(Volunteers), 10)
					if p.Position%2 != 0 || p.Minutes != 60*p.Position {
						t.Errorf("Page = %+v", p)
					}
					b.Place(cityBoard(Teams), "t1")
					b.Last("a")
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for range 500 {
			b.Apply([]domain.Total{given(by("a", 60)), given(by("b", 60))})
			b.Sweep()
		}
		close(done)
		readers.Wait()
	})
}

// The model keeps all lines and sorts them anew for each question.
func TestBoardsAgreeWithSorting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, all, today := New(), []domain.Total(nil), domain.Day(0)
		t.Repeat(map[string]func(*rapid.T){
			"apply": func(t *rapid.T) {
				lines := rapid.SliceOfN(rapid.Custom(drawTotal), 1, 20).Draw(t, "lines")
				all = append(all, lines...)
				b.Apply(lines)
			},
			"turn": func(t *rapid.T) {
				today = someDay + domain.Day(rapid.IntRange(-10, 20).Draw(t, "today"))
				b.Turn(today)
			},
			"sweep": func(*rapid.T) { b.Sweep() },
			"ask": func(t *rapid.T) {
				k := drawKey(t)
				page := b.Page(k, 5)
				for i := range page.Rows {
					page.Rows[i].TeamID = "" // tested above
				}
				if diff := gocmp.Diff(naive(all, k, today, 5), page); diff != "" {
					t.Fatalf("%+v: %s", k, diff)
				}
			},
			"": func(t *rapid.T) {
				if got, want := b.Position(), naiveAt(all, Key{}, 0).Position; got != want {
					t.Fatalf("position = %d, want %d", got, want)
				}
			},
		})
	})
}

func drawTotal(t *rapid.T) domain.Total {
	one := func(label, prefix string, n int) string {
		return fmt.Sprint(prefix, rapid.IntRange(1, n).Draw(t, label))
	}
	return domain.Total{
		Sum: domain.Sum{
			VolunteerID: one("volunteer", "v", 8), TeamID: one("team", "t", 3), ProgrammeID: one("programme", "p", 2),
			Day:        someDay + domain.Day(rapid.IntRange(0, 20).Draw(t, "day")), // over New Year
			RegionPath: rapid.SampledFrom([]string{city, "4106/410611/", "4106/410621/", "4106/410621/410621100/"}).Draw(t, "region"),
			Account:    rapid.SampledFrom(accounts[:]).Draw(t, "account"),
			SettlesOn:  someDay + domain.Day(rapid.IntRange(-5, 15).Draw(t, "settles")),
		},
		Minutes: 30 * rapid.IntRange(-2, 4).Draw(t, "halves"),
		Entries: rapid.SampledFrom([]int{1, 1, 1, 0}).Draw(t, "entries"), // 0: it changes what settles only
	}
}

func drawKey(t *rapid.T) Key {
	return Key{
		Subject: rapid.SampledFrom([]Subject{Volunteers, Teams, Programmes, Counties, Townships}).Draw(t, "subject"),
		Scope: rapid.SampledFrom([]Scope{
			{Region, "4106"}, {Region, "410621"}, {Region, "410621100"}, {Region, "41"}, {Programme, "p1"}, {Programme, "p9"}, {Team, "t2"},
		}).Draw(t, "scope"),
		Period: domain.PeriodOf(rapid.SampledFrom(domain.PeriodKinds[:]).Draw(t, "kind"),
			someDay+domain.Day(rapid.IntRange(0, 20).Draw(t, "asked"))),
		Settled: rapid.Bool().Draw(t, "settled"),
	}
}

func naiveAt(all []domain.Total, k Key, today domain.Day) (at At) {
	for _, t := range all {
		at.Position += int64(t.Entries)
		if k.Settled && t.Entries == 0 {
			at.Changes++
		}
	}
	if k.Settled {
		at.Day = today
	}
	return at
}

func naiveID(t domain.Total, s Subject) string {
	parts := append(strings.Split(strings.TrimSuffix(t.RegionPath, "/"), "/"), "", "")
	return map[Subject]string{Volunteers: t.VolunteerID, Teams: t.TeamID, Programmes: t.ProgrammeID, Counties: parts[1], Townships: parts[2]}[s]
}

func naive(all []domain.Total, k Key, today domain.Day, n int) Page {
	p := Page{At: naiveAt(all, k, today)}
	sums := map[string]int{}
	for _, t := range all {
		in := map[ScopeKind]bool{
			Region: strings.Contains("/"+t.RegionPath, "/"+k.Scope.ID+"/"), Programme: t.ProgrammeID == k.Scope.ID, Team: t.TeamID == k.Scope.ID,
		}
		if t.Account != domain.ServiceAccount || !k.Period.Contains(t.Day) || !in[k.Scope.Kind] {
			continue
		}
		if k.Settled && t.SettlesOn > today || !k.Settled && t.Entries == 0 {
			continue
		}
		p.Minutes += int64(t.Minutes)
		if id := naiveID(t, k.Subject); id != "" {
			sums[id] += t.Minutes
		}
	}
	var rows []Row
	for id, minutes := range sums {
		if minutes <= 0 {
			continue
		}
		row := Row{ID: id, Minutes: minutes, Rank: 1}
		for _, other := range sums {
			if other > minutes {
				row.Rank++
			}
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), cmp.Compare(markOf(a.ID), markOf(b.ID)))
	})
	p.Subjects, p.Rows = len(rows), rows[:min(n, len(rows))]
	if len(p.Rows) == 0 {
		p.Rows = nil
	}
	return p
}
