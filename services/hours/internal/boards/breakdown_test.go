package boards

import (
	"fmt"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// given by someone in a place on a day, one line.
func line(volunteer, team, path string, day domain.Day, minutes int) domain.Total {
	return domain.Total{
		Sum:     domain.Sum{VolunteerID: volunteer, Day: day, TeamID: team, ProgrammeID: "p", RegionPath: path, Account: domain.ServiceAccount, SettlesOn: day + 7},
		Minutes: minutes, Entries: 1, Services: domain.ServiceOf(minutes),
	}
}

func TestBreakdown(t *testing.T) {
	t.Parallel()
	const county, town, other = "4106/410611/", "4106/410611/410611001/", "4106/410621/"
	month := domain.PeriodOf(domain.Month, someDay)
	q := Question{Region: "4106", Period: month, Before: month.Before(), Months: []domain.Period{month.Before(), month}}
	b := New()
	b.Turn(someDay)
	b.Apply([]domain.Total{
		line("a", "t1", county, someDay, 60),
		line("a", "t2", other, someDay, 30),
		line("b", "t1", town, someDay, 90),
		line("c", "t2", other, someDay, 45),
		line("c", "t2", other, someDay, -45), // all of it taken back
		line("d", "t1", county, someDay-30, 20),
		line("e", "t9", "4107/", someDay, 500), // of another city
		{Sum: domain.Sum{VolunteerID: "f", Day: someDay, TeamID: "t1", ProgrammeID: "p", RegionPath: county, Account: domain.TrainingAccount}, Minutes: 300, Entries: 1, Services: 1},
	})
	parts := func(answer Breakdown) map[string]domain.Figures {
		m := map[string]domain.Figures{}
		for _, p := range answer.Parts {
			m[p.ID] = p.Figures
		}
		return m
	}

	t.Run("a region is the sum of its parts, but for people and teams who are in several", func(t *testing.T) {
		t.Parallel()
		got := b.Breakdown(q)
		if want := (domain.Figures{Minutes: 180, Services: 3, People: 2, Teams: 2}); got.Whole != want {
			t.Errorf("whole = %+v, want %+v", got.Whole, want)
		}
		if want := (domain.Figures{Minutes: 20, Services: 1, People: 1, Teams: 1}); got.Before != want || got.Months[0] != want || got.Months[1] != got.Whole {
			t.Errorf("before = %+v, months = %+v", got.Before, got.Months)
		}
		want := map[string]domain.Figures{
			"410611": {Minutes: 150, Services: 2, People: 2, Teams: 1}, "410621": {Minutes: 30, Services: 1, People: 1, Teams: 1},
		}
		if diff := gocmp.Diff(want, parts(got)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("what was given in none of the divisions below stands under the region's own code", func(t *testing.T) {
		t.Parallel()
		q := q
		q.Region = "410611"
		want := map[string]domain.Figures{
			"410611": {Minutes: 60, Services: 1, People: 1, Teams: 1}, "410611001": {Minutes: 90, Services: 1, People: 1, Teams: 1},
		}
		if diff := gocmp.Diff(want, parts(b.Breakdown(q))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("by team", func(t *testing.T) {
		t.Parallel()
		q := q
		q.ByTeam = true
		want := map[string]domain.Figures{"t1": {Minutes: 150, Services: 2, People: 2, Teams: 1}, "t2": {Minutes: 30, Services: 1, People: 1, Teams: 1}}
		if diff := gocmp.Diff(want, parts(b.Breakdown(q))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("settled is what has its day behind it", func(t *testing.T) {
		t.Parallel()
		q := q
		q.Settled = true
		if got := b.Breakdown(q); got.Whole != (domain.Figures{}) || got.Before.Minutes != 20 || got.Day != someDay {
			t.Errorf("settled = %+v", got)
		}
	})
}

func TestPartsOfPeriods(t *testing.T) {
	t.Parallel()
	b := New()
	k := cityBoard(Volunteers)
	from, _ := k.Period.Days()
	k.Period = domain.Period{Kind: domain.SomeDays, Start: from, Until: someDay + 1}
	figure := func() Figure {
		_, figures := b.Figures(k)
		return figures[0]
	}
	b.Apply([]domain.Total{line("a", "t", city, someDay, 60)})
	before := figure()
	b.Apply([]domain.Total{line("b", "t", city, someDay, 30), line("b", "t", city, someDay+1, 30)})
	if got := figure(); before.Minutes != 60 || got.Minutes != 90 || got.Subjects != 2 || got.Services != 2 {
		t.Errorf("before %+v, after %+v", before, got)
	}
	b.Sweep()
	b.Sweep()
	if len(b.spans) != 0 {
		t.Errorf("%d spans are kept of which there is no board", len(b.spans))
	}
}

func BenchmarkBreakdown(b *testing.B) {
	all, r := New(), rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		lines := make([]domain.Total, 1000)
		for i := range lines {
			lines[i] = someLine(r, 200_000)
			lines[i].Day, lines[i].Services = someDay-domain.Day(r.IntN(1825)), 1
			lines[i].RegionPath = fmt.Sprintf("4106/41060%d/", r.IntN(6))
		}
		all.Apply(lines)
	}
	q := Question{Region: "4106", Before: domain.PeriodOf(domain.Year, someDay).Before()}
	for i := range 12 {
		q.Months = append(q.Months, domain.Period{Kind: domain.Month, Start: someDay.FirstOfMonth(i - 11)})
	}
	for _, kind := range []domain.PeriodKind{domain.Month, domain.Year, domain.AllTime} {
		for _, q.ByTeam = range []bool{false, true} {
			q.Period = domain.PeriodOf(kind, someDay)
			b.Run(fmt.Sprintf("%s by team %v", kind, q.ByTeam), func(b *testing.B) {
				for b.Loop() {
					all.Breakdown(q)
				}
			})
		}
	}
	var parts []Narrowed // of a report: month and year to date, the city and its counties
	for region := range 6 {
		for _, days := range []domain.Day{30, 330} {
			parts = append(parts, Narrowed{RegionPath: fmt.Sprintf("4106/41060%d/", region), Account: domain.ServiceAccount, From: someDay - days, Until: someDay})
		}
	}
	b.Run("12 parts of a report", func(b *testing.B) {
		for b.Loop() {
			all.Count(parts)
		}
	})
}
